// A thread of its own costs as much as half of a small check. So a process that lives for one request may try it in its
// only thread first, within narrow limits; the pool answers whatever does not come to an answer there, as if it had not
// been tried. An engine answers the same wherever it runs, so that nobody can tell.

import type { EngineOptions } from './engine.ts'
import type { Asked } from './pooled-engine.ts'
import type { Responder } from './pool/serve.ts'
import { withTimeLimit } from './time-limit.ts'

/** What is tried here. */
export interface HereLimits {
  /** Characters of all requests that wait or are in work here. */
  readonly characters: number
  /** Milliseconds of all the work that is done here: for so long nothing else gets a turn. */
  readonly milliseconds: number
  /** Bytes of memory above which the engine here is given up. */
  readonly bytes: number
}

const defaultLimits: HereLimits = { characters: 256 * 1024, milliseconds: 1000, bytes: 256 * 2 ** 20 }

/** An engine that can be started in this thread. */
export interface Here {
  /** Makes what an engine starts from, beside this thread. */
  readonly prepare: () => Promise<unknown>
  readonly start: (prepared: unknown) => Responder
  /** Milliseconds since some start. */
  readonly clock: () => number
  readonly limits?: Partial<HereLimits>
}

/** Answers small requests in this thread while that takes no time worth mentioning, and all others by the pool. */
export class HereFirst implements Asked {
  readonly #pool: Asked
  readonly #here: Here
  readonly #limits: HereLimits
  #prepared: Promise<unknown> | undefined
  #responder: Responder | undefined
  #characters = 0
  #left: number

  constructor(pool: Asked, here: Here) {
    this.#pool = pool
    this.#here = here
    this.#limits = { ...defaultLimits, ...here.limits }
    this.#left = this.#limits.milliseconds
  }

  get size(): number {
    return this.#pool.size
  }

  /** Prepares what any engine starts from, and no thread: perhaps none is needed. */
  warm(): void {
    // Whoever asks learns why it failed.
    this.#prepare().catch(() => undefined)
  }

  async ask(text: string, options: EngineOptions): Promise<string> {
    const isSmall = this.#characters + text.length <= this.#limits.characters
    return (isSmall ? await this.#wait(text, options) : undefined) ?? this.#pool.ask(text, options)
  }

  async close(): Promise<void> {
    this.#giveUp()
    await this.#pool.close()
  }

  async #wait(text: string, options: EngineOptions): Promise<string | undefined> {
    this.#characters += text.length
    try {
      const prepared = await this.#prepare()
      // Whatever came in between, the pool has the words for it.
      return options.signal?.aborted === true ? undefined : this.#try(prepared, text, options)
    } catch {
      this.#giveUp()
      return undefined
    } finally {
      this.#characters -= text.length
    }
  }

  #try(prepared: unknown, text: string, options: EngineOptions): string | undefined {
    if (this.#left <= 0) return undefined
    options.dispatched?.()
    const begun = this.#here.clock()
    const answer = withTimeLimit(Math.min(this.#left, options.deadlineMs), () => {
      this.#responder ??= this.#here.start(prepared)
      return this.#responder.answer(text)
    })
    this.#left -= this.#here.clock() - begun
    if (this.#left <= 0 || (this.#responder?.bytes() ?? 0) > this.#limits.bytes) this.#giveUp()
    return answer
  }

  #giveUp(): void {
    this.#left = 0
    this.#responder = undefined
  }

  #prepare(): Promise<unknown> {
    return (this.#prepared ??= this.#here.prepare())
  }
}
