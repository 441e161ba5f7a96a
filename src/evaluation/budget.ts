import { faultOf } from '../engine/pool/deaths.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { Fault } from '../errors.ts'

/** One deadline for several steps, one after the other: each gets what those before it left. Time in a queue does not count. */
export class Budget {
  readonly #options: EngineOptions
  readonly #clock: () => number
  readonly #total: number
  #spent = 0

  /** `total` is what the words of a fault say, where this is the rest of a longer budget. */
  constructor(options: EngineOptions, clock: () => number, total = options.deadlineMs) {
    this.#options = options
    this.#clock = clock
    this.#total = total
  }

  /** Does a step; what it asks others with the limits it gets counts from the moment they begin. */
  async spend<A>(step: (limits: EngineOptions) => Promise<A>): Promise<A> {
    const left = this.#options.deadlineMs - this.#spent
    if (left <= 0) throw this.#overrun()
    const asked = this.#clock()
    let begun: number | undefined
    try {
      return await step({ ...this.#options, deadlineMs: left, dispatched: () => (begun ??= this.#clock()) })
    } catch (error) {
      throw error instanceof Fault && error.code === 'ENGINE_DEADLINE' ? this.#overrun() : error
    } finally {
      this.#spent += this.#clock() - (begun ?? asked)
    }
  }

  /** Does steps that go on beside one another, each with a budget of its own of what is left; they take as long as the longest. */
  async spendBeside<A>(steps: readonly ((budget: Budget) => Promise<A>)[]): Promise<readonly A[]> {
    const deadlineMs = this.#options.deadlineMs - this.#spent
    const lanes = steps.map((step) => ({
      step,
      budget: new Budget({ ...this.#options, deadlineMs }, this.#clock, this.#total),
    }))
    try {
      return await Promise.all(lanes.map(({ step, budget }) => step(budget)))
    } finally {
      this.#spent += Math.max(0, ...lanes.map(({ budget }) => budget.#spent))
    }
  }

  #overrun(): Fault {
    const detail = `no answer within ${this.#total / 1000} s`
    return faultOf({ kind: 'deadline', detail }, this.#options.subject)
  }
}
