import { Worker } from 'node:worker_threads'
import { crashed } from './serve.ts'
import type { Death, FromWorker, ToWorker } from './messages.ts'

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

/** What a member's thread gets beside its script. */
export interface MemberOptions {
  readonly script: URL
  /** Native stack of the thread in MiB. */
  readonly stackMb: number
}

/** What a member tells the pool that owns it. */
export interface MemberEvents {
  /** It ended, asked or not. */
  readonly ended: () => void
}

interface Waiting {
  readonly resolve: (message: FromWorker) => void
  readonly reject: (reason: unknown) => void
}

/** One worker thread: started once, asked one thing at a time, ended for good. It never keeps the process alive. */
export class Member {
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting'
  readonly #worker: Worker
  #waiting: Waiting | undefined
  #death: Death | undefined
  readonly #events: MemberEvents

  constructor(options: MemberOptions, events: MemberEvents) {
    this.#events = events
    this.#worker = new Worker(options.script, {
      resourceLimits: { stackSizeMb: options.stackMb },
      // Nothing of the surroundings gets in, and nothing it writes gets out.
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    this.#worker.on('message', (message: FromWorker) => this.#hear(message))
    this.#worker.on('error', (error) => void this.end(deathOf(error)))
    this.#worker.on('exit', (status) => void this.end(exited(status)))
    // After the listeners: the first one for messages would take it back.
    this.#worker.unref()
  }

  /** Hands over what the worker needs and resolves to what it says it is; `early` says whether nothing waits for it. */
  async start(boot: Promise<unknown>, early: () => boolean): Promise<string> {
    const hello = this.#next()
    boot.then(
      (value) => this.#worker.postMessage({ boot: value, early: early() } satisfies ToWorker, []),
      (error: unknown) => this.#waiting?.reject(error),
    )
    const message = await hello
    if (message.kind !== 'ready') throw new MemberEnded({ kind: 'crashed', detail: 'the engine did not start' })
    this.state = 'idle'
    return message.hello
  }

  /** Resolves to the answer; rejects with a MemberEnded if the worker ends before. */
  async ask(text: string): Promise<Reply> {
    this.state = 'busy'
    const answer = this.#next()
    this.#worker.postMessage({ ask: text } satisfies ToWorker, [])
    const message = await answer
    if (message.kind !== 'answer') throw new MemberEnded({ kind: 'crashed', detail: 'the engine gave no answer' })
    this.state = 'idle'
    return { text: message.text, bytes: message.bytes }
  }

  /** Ends the thread, whatever it is doing; resolves when it is gone. Only the first reason counts. */
  async end(death: Death): Promise<void> {
    if (this.#death === undefined) {
      const output = this.#written()
      this.#death = output === '' ? death : { output, ...death }
      this.state = 'ended'
      this.#waiting?.reject(new MemberEnded(this.#death))
      this.#waiting = undefined
      this.#events.ended()
    }
    await this.#worker.terminate()
  }

  /** What the worker says next, or why it never will. */
  #next(): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      if (this.#death === undefined) this.#waiting = { resolve, reject }
      else reject(new MemberEnded(this.#death))
    })
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'died') {
      void this.end(message.death)
      return
    }
    this.#waiting?.resolve(message)
    this.#waiting = undefined
  }

  /** What the thread wrote in its life: read at the end only, since a stream that is read keeps the process alive. */
  #written(): string {
    const { stdout, stderr } = this.#worker
    return [stdout, stderr].map((stream) => String(stream.read() ?? '').slice(0, longestOutput)).join('')
  }
}

const longestOutput = 16_384

function deathOf(error: Error): Death {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { kind: 'memory', detail: 'the engine ran out of memory', output: error.message }
  }
  return crashed(error)
}

function exited(status: number): Death {
  return { kind: 'crashed', detail: `the engine's thread ended with status ${status}` }
}
