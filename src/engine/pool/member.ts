import type { Death, FromRunner } from './messages.ts'
import type { MakeRunner, Runner } from './runner.ts'

/** An answer, and how much memory the engine held after it. */
export interface Reply {
  readonly text: string
  readonly bytes: number
}

/** Thrown by a member that ended while somebody waited for it. */
export class MemberEnded extends Error {
  readonly death: Death

  constructor(death: Death) {
    super(death.detail)
    this.death = death
  }
}

/** What a member tells the pool that owns it. */
export interface MemberEvents {
  /** It ended, asked or not. */
  readonly ended: () => void
}

interface Waiting {
  readonly resolve: (message: FromRunner) => void
  readonly reject: (reason: unknown) => void
}

/** One runner in the hands of a pool: started once, asked one thing at a time, ended for good. */
export class Member {
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting'
  readonly #runner: Runner
  readonly #events: MemberEvents
  #waiting: Waiting | undefined
  #death: Death | undefined

  constructor(make: MakeRunner, events: MemberEvents) {
    this.#events = events
    this.#runner = make((message) => this.#hear(message))
  }

  /** Resolves to what the engine says it is; `early` says whether nothing waits for it. */
  async start(early: () => boolean): Promise<string> {
    const hello = this.#next()
    this.#runner.start(early).catch((error: unknown) => this.#waiting?.reject(error))
    const message = await hello
    if (message.kind !== 'ready') throw new MemberEnded({ kind: 'crashed', detail: 'the engine did not start' })
    this.state = 'idle'
    return message.hello
  }

  /** Resolves to the answer; rejects with a MemberEnded if the engine ends before. */
  async ask(text: string): Promise<Reply> {
    this.state = 'busy'
    const answer = this.#next()
    this.#runner.ask(text)
    const message = await answer
    if (message.kind !== 'answer') throw new MemberEnded({ kind: 'crashed', detail: 'the engine gave no answer' })
    this.state = 'idle'
    return { text: message.text, bytes: message.bytes }
  }

  /** Ends it, whatever it is doing; resolves when it is gone. Only the first reason counts. */
  async end(death: Death): Promise<void> {
    if (this.#death === undefined) {
      const output = this.#runner.written()
      this.#death = output === '' ? death : { output, ...death }
      this.state = 'ended'
      this.#waiting?.reject(new MemberEnded(this.#death))
      this.#waiting = undefined
      this.#events.ended()
    }
    await this.#runner.kill()
  }

  /** What it says next, or why it never will. */
  #next(): Promise<FromRunner> {
    return new Promise((resolve, reject) => {
      if (this.#death === undefined) this.#waiting = { resolve, reject }
      else reject(new MemberEnded(this.#death))
    })
  }

  #hear(message: FromRunner): void {
    if (message.kind === 'died') {
      void this.end(message.death)
      return
    }
    this.#waiting?.resolve(message)
    this.#waiting = undefined
  }
}
