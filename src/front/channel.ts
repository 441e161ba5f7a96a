/** What one end may ask the other: by kind, a question and its answer. */
export type Exchange = Readonly<Record<string, readonly [question: unknown, answer: unknown]>>

/** How the questions of the other end are answered. */
export type Answering<E extends Exchange> = {
  readonly [Kind in keyof E]: (question: E[Kind][0]) => E[Kind][1] | Promise<E[Kind][1]>
}

/** One of the two ways of a channel between processes; what is sent arrives in order. */
export interface Wire {
  send(message: Message): void
  hear(listener: (message: Message) => void): void
}

/** What goes over a wire: a question, its answer, or that it has none. */
export type Message =
  | { readonly ask: number; readonly kind: string; readonly value: unknown }
  | { readonly answer: number; readonly value: unknown }
  | { readonly failed: number }

/** Asks the other end. */
export interface Channel<E extends Exchange> {
  /** Rejects where the other end could not answer, or the wire is cut. */
  ask<Kind extends keyof E & string>(kind: Kind, question: E[Kind][0]): Promise<E[Kind][1]>
  /** Nothing more will be answered: the other end is gone. */
  cut(): void
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Questions and answers both ways over one wire. Both ends are of this program, so that what arrives is what was sent. */
export function createChannel<Asks extends Exchange, Answers extends Exchange>(
  wire: Wire,
  answering: Answering<Answers>,
): Channel<Asks> {
  const waiting = new Map<number, Waiting>()
  let count = 0
  let isCut = false
  const answer = async (number: number, kind: string, value: unknown): Promise<void> => {
    try {
      const answered = await answering[kind]?.(value)
      if (!isCut) wire.send({ answer: number, value: answered })
    } catch {
      // Whoever asked goes the way on which everything is told.
      if (!isCut) wire.send({ failed: number })
    }
  }
  wire.hear((message) => {
    if ('ask' in message) {
      void answer(message.ask, message.kind, message.value)
      return
    }
    const number = 'answer' in message ? message.answer : message.failed
    const one = waiting.get(number)
    waiting.delete(number)
    if ('answer' in message) one?.resolve(message.value)
    else one?.reject(new Error('there is no answer'))
  })
  return {
    ask: (kind, value) => {
      if (isCut) return Promise.reject(new Error('the other end is gone'))
      const number = (count += 1)
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject })
        wire.send({ ask: number, kind, value })
      })
    },
    cut: () => {
      isCut = true
      for (const { reject } of waiting.values()) reject(new Error('the other end is gone'))
      waiting.clear()
    },
  }
}
