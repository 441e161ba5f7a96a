import { useState } from 'preact/hooks'
import { ask, type AnswerOf, type Operation, Problem, type Question } from '../../../api/ask.ts'

/** What came of something that was done: done in these words, or why not. */
export interface ActOutcome {
  readonly done?: string
  readonly refused?: string
  readonly problem?: Problem
}

/** Does something on the server and says what came of it. */
export interface Act {
  readonly isSending: boolean
  readonly outcome: ActOutcome
  /** Says why nothing is sent. */
  readonly refuse: (why: string) => void
  readonly send: <O extends Operation>(
    operation: O,
    question: Question<O>,
    done: string,
    then?: (answer: AnswerOf<O>) => void,
  ) => void
}

/** One place that something is done from; `again` shows what is so now. While one thing is on its way no other is sent. */
export function useAct(again: () => void): Act {
  const [outcome, setOutcome] = useState<ActOutcome>({})
  const [isSending, setSending] = useState(false)
  const send: Act['send'] = (operation, question, done, then) => {
    if (isSending) return
    setSending(true)
    setOutcome({})
    const sending = async (): Promise<void> => {
      try {
        const answer = await ask(operation, question)
        then?.(answer)
        setOutcome({ done })
        again()
      } catch (error) {
        setOutcome({ problem: error instanceof Problem ? error : new Problem('PAGE_FAULT', 0, String(error)) })
      }
      setSending(false)
    }
    void sending()
  }
  return { isSending, outcome, refuse: (refused) => setOutcome({ refused }), send }
}
