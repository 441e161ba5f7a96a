// A pool of engines that answer one text with one text, under a deadline.
//
// Outline. An evaluation can be stopped only by ending what runs it, so each engine lives in a worker of its own, a thread
// (thread.ts) or a process, behind one interface (runner.ts), and the pool decides how long it may live:
//   - requests wait in one queue, first come, first served; at most `size` are in work at a time;
//   - workers are started when there is work for them, or ahead of it by `warm`;
//   - a deadline counts from the moment a worker gets the request, never the time in the queue;
//   - a worker that overruns, traps, runs out of memory or is cancelled is ended, its request gets the fault, and the
//     next request gets another worker. Nothing that died is ever asked again;
//   - as soon as a request has used a part of its deadline that makes an overrun thinkable, a standby is started beside
//     it, so that a failover does not wait for a start;
//   - memory that an engine once took may never come back: one that holds more than `recycleBytes` after an answer is
//     replaced;
//   - idle workers do not keep the process alive; waiting requests do.
// A thread's side is serve.ts, the messages are messages.ts, the words of the faults are deaths.ts.

import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { Fault } from '../../errors.ts'
import type { EngineOptions } from '../engine.ts'
import { faultOf } from './deaths.ts'
import { Member, MemberEnded } from './member.ts'
import type { Reply } from './member.ts'
import type { Death } from './messages.ts'
import { crashed } from './runner.ts'
import type { MakeRunner } from './runner.ts'

/** What a pool is made of. */
export interface PoolOptions {
  /** Makes what runs one engine. */
  readonly make: MakeRunner
  /** Judges what a new worker says it is; throws a Fault if it is not what was expected. */
  readonly greet: (hello: string) => void
  /** Most requests in work at a time; default: as many as the machine has processors. */
  readonly size?: number
  /** Bytes above which a worker is replaced after its answer; default 256 MiB. */
  readonly recycleBytes?: number
  readonly startDeadlineMs?: number
}

interface Job {
  readonly text: string
  readonly options: EngineOptions
  readonly resolve: (answer: string) => void
  readonly reject: (fault: Fault) => void
}

const longestTimer = 2 ** 31 - 1
const suspiciousMs = 2_000

/** Workers that answer requests under a deadline and are replaced when they fail. */
export class Pool {
  readonly #options: Required<PoolOptions>
  readonly #members = new Set<Member>()
  readonly #ending = new Set<Promise<void>>()
  readonly #working = new Map<Member, Job>()
  #queue: Job[] = []
  #standbys = 0
  #hold: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = {
      size: availableParallelism(),
      recycleBytes: 256 * 2 ** 20,
      startDeadlineMs: 30_000,
      ...options,
    }
  }

  /** Most requests in work at a time. */
  get size(): number {
    return this.#options.size
  }

  /** Starts a worker ahead of the first request. */
  warm(): void {
    if (!this.#closed && this.#members.size === 0) void this.#start()
  }

  /** Resolves to the answer; rejects with a Fault that names the subject. */
  ask(text: string, options: EngineOptions): Promise<string> {
    const { subject, signal } = options
    if (this.#closed) return Promise.reject(faultOf(closed, subject))
    if (signal?.aborted) return Promise.reject(faultOf(cancelled, subject))
    let cancel = (): void => {}
    const answer = new Promise<string>((resolve, reject) => {
      const job = { text, options, resolve, reject }
      cancel = () => this.#cancel(job)
      this.#queue.push(job)
    })
    // One signal ends all requests of a run, which may be many at a time: that is no leak.
    if (signal !== undefined) setMaxListeners(0, signal)
    signal?.addEventListener('abort', cancel)
    this.#pump()
    return answer.finally(() => signal?.removeEventListener('abort', cancel))
  }

  /** Rejects what waits, ends every worker, and resolves when all are gone. */
  async close(): Promise<void> {
    this.#closed = true
    this.#rejectQueue((job) => faultOf(closed, job.options.subject))
    for (const member of this.#members) this.#end(member, closed)
    this.#pump()
    await Promise.all(this.#ending)
  }

  #pump(): void {
    for (const member of this.#members) {
      if (this.#queue.length === 0 || this.#working.size >= this.#options.size) break
      if (member.state !== 'idle') continue
      const job = this.#queue.shift()
      if (job !== undefined) void this.#work(member, job)
    }
    const wanted = Math.min(this.#options.size, this.#working.size + this.#queue.length) + this.#standbys
    while (!this.#closed && this.#members.size < wanted) void this.#start()
    this.#holdProcess()
  }

  async #start(): Promise<void> {
    const member = new Member(this.#options.make, { ended: () => this.#members.delete(member) })
    this.#members.add(member)
    const late = setTimeout(() => this.#end(member, neverReady), this.#options.startDeadlineMs).unref()
    try {
      this.#options.greet(await member.start(() => this.#queue.length === 0))
      this.#pump()
    } catch (error) {
      this.#end(member, reasonOf(error))
      // While another worker lives it serves the queue; without one, starting again and again would never end.
      if (this.#members.size === 0) this.#rejectQueue((job) => startFault(error, job.options.subject))
      this.#holdProcess()
    } finally {
      clearTimeout(late)
    }
  }

  async #work(member: Member, job: Job): Promise<void> {
    this.#working.set(member, job)
    job.options.dispatched?.()
    const timers = this.#watch(member, job.options.deadlineMs)
    try {
      const reply = await member.ask(job.text)
      job.resolve(reply.text)
      this.#recycle(member, reply)
    } catch (error) {
      this.#end(member, reasonOf(error))
      job.reject(faultOf(reasonOf(error), job.options.subject))
    } finally {
      timers.clear()
      this.#working.delete(member)
    }
    this.#pump()
  }

  #watch(member: Member, deadlineMs: number): { clear(): void } {
    const limit = Math.min(deadlineMs, longestTimer)
    let suspected = false
    const suspicion = setTimeout(
      () => {
        suspected = true
        this.#standbys++
        this.#pump()
      },
      Math.min(limit / 2, suspiciousMs),
    )
    const deadline = setTimeout(() => {
      // An answer that arrived while this thread was busy counts: let it be delivered first.
      setImmediate(() => void (member.state === 'busy' && this.#end(member, overrun(deadlineMs))))
    }, limit)
    return {
      clear: () => {
        clearTimeout(suspicion)
        clearTimeout(deadline)
        if (suspected) this.#standbys--
      },
    }
  }

  #recycle(member: Member, reply: Reply): void {
    if (reply.bytes > this.#options.recycleBytes) this.#end(member, recycled)
  }

  #cancel(job: Job): void {
    if (this.#queue.includes(job)) {
      this.#queue = this.#queue.filter((other) => other !== job)
      job.reject(faultOf(cancelled, job.options.subject))
      this.#pump()
    }
    for (const [member, other] of this.#working) if (other === job) this.#end(member, cancelled)
  }

  #end(member: Member, death: Death): void {
    const gone = member.end(death)
    this.#ending.add(gone)
    void gone.finally(() => this.#ending.delete(gone))
  }

  #rejectQueue(fault: (job: Job) => Fault): void {
    const jobs = this.#queue
    this.#queue = []
    for (const job of jobs) job.reject(fault(job))
  }

  #holdProcess(): void {
    if (this.#queue.length + this.#working.size > 0) this.#hold ??= setInterval(() => {}, longestTimer)
    else {
      clearInterval(this.#hold)
      this.#hold = undefined
    }
  }
}

const closed: Death = { kind: 'closed', detail: 'the engine was closed before it answered' }
const cancelled: Death = { kind: 'cancelled', detail: 'the request was cancelled' }
const recycled: Death = { kind: 'recycled', detail: 'the worker held much memory and was replaced' }
const neverReady: Death = { kind: 'crashed', detail: 'the engine did not start in time' }

function overrun(deadlineMs: number): Death {
  return { kind: 'deadline', detail: `no answer within ${deadlineMs / 1000} s` }
}

function reasonOf(error: unknown): Death {
  return error instanceof MemberEnded ? error.death : crashed(error)
}

function startFault(error: unknown, subject: string): Fault {
  return error instanceof Fault ? error : faultOf(reasonOf(error), subject)
}
