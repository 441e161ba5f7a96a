import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { type AnswerOf, addressOfQuestion, ask, type Operation, Problem, type Question } from './ask.ts'

/** What is known of a question: the answer (also while a newer one is waited for), or why there is none. */
export interface Answered<T> {
  readonly value: T | undefined
  readonly problem: Problem | undefined
  /** Something is being asked. */
  readonly waiting: boolean
  /** Asks again. */
  readonly again: () => void
}

/** When the server last answered, in RFC 3339; undefined: not yet. */
export const answeredAt = signal<string | undefined>(undefined)

/** Counts up when everything on the page shall be asked anew. */
export const asOf = signal(0)

/**
 * The answer to a question, asked anew whenever the question changes. While the next one is on its way the last one stays, so that
 * nothing jumps. `undefined` asks nothing.
 */
export function useAnswer<O extends Operation>(operation: O, question: Question<O> | undefined): Answered<AnswerOf<O>> {
  const [state, setState] = useState<{ value?: AnswerOf<O> | undefined; problem?: Problem | undefined; of?: string }>(
    {},
  )
  const [turn, setTurn] = useState(0)
  const key = question === undefined ? undefined : `${asOf.value} ${turn} ${addressOfQuestion(operation, question)}`
  useEffect(() => {
    if (question === undefined || key === undefined) return undefined
    const end = new AbortController()
    noted(ask(operation, question, end.signal)).then(
      (value) => setState({ value, of: key }),
      (error: unknown) => {
        if (end.signal.aborted) return
        const problem = error instanceof Problem ? error : new Problem('PAGE_FAULT', 0, String(error))
        setState(({ value }) => ({ value, problem, of: key }))
      },
    )
    return () => end.abort()
  }, [key])
  return {
    value: state.value,
    problem: state.of === key ? state.problem : undefined,
    waiting: key !== undefined && state.of !== key,
    again: () => setTurn((last) => last + 1),
  }
}

/** Notes when an answer came. */
async function noted<T>(answer: Promise<T>): Promise<T> {
  const value = await answer
  answeredAt.value = new Date().toISOString()
  return value
}
