import { useState } from 'preact/hooks'
import { ask, type AnswerOf, type Operation, Problem, type Question } from '../../../api/ask.ts'

/** What came of something that was done: done in these words, or why not. */
export interface ActOutcome {
  readonly done?: string
  readonly refused?: string
  readonly problem?: Problem
}

/** What goes with something that is done. */
export interface Said<O extends Operation> {
  readonly done: string
  /** Notes what the server will tell everybody of it; answers how to say that it will not. */
  readonly expected?: () => readonly (() => void)[]
  readonly after?: (answer: AnswerOf<O>) => void
}

/** Does something on the server and says what came of it. */
export interface Act {
  readonly isSending: boolean
  readonly outcome: ActOutcome
  /** Says why nothing is sent. */
  readonly refuse: (why: string) => void
  readonly send: <O extends Operation>(operation: O, question: Question<O>, said: Said<O>) => void
}

/** One place that something is done from; `again` shows what is so now. While one thing is on its way no other is sent. */
export function useAct(again: () => void): Act {
  const [outcome, setOutcome] = useState<ActOutcome>({})
  const [isSending, setSending] = useState(false)
  const send: Act['send'] = (operation, question, { done, expected, after }) => {
    if (isSending) return
    setSending(true)
    setOutcome({})
    const unexpected = expected?.() ?? []
    const sending = async (): Promise<void> => {
      try {
        const answer = await ask(operation, question)
        after?.(answer)
        setOutcome({ done })
        again()
      } catch (error) {
        for (const forget of unexpected) forget()
        setOutcome({ problem: error instanceof Problem ? error : new Problem('PAGE_FAULT', 0, String(error)) })
      }
      setSending(false)
    }
    void sending()
  }
  return { isSending, outcome, refuse: (refused) => setOutcome({ refused }), send }
}
