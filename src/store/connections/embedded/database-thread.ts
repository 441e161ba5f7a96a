import { Worker } from 'node:worker_threads'
import { Fault } from '../../../errors.ts'
import type { SqlAnswer } from '../connection.ts'
import { sqlFault } from '../sql-fault.ts'
import type { EmbeddedAnswer, EmbeddedRequest, EmbeddedStart } from './messages.ts'

interface Waiting {
  readonly resolve: (answer: SqlAnswer) => void
  readonly reject: (error: unknown) => void
}

/** The embedded database in a thread of its own, so that a long query holds up nobody else. */
export class DatabaseThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #ended: Fault | undefined
  #notified: (channel: string, detail: string) => void = () => undefined

  /** Waits until the database is open. */
  static async start(start: EmbeddedStart): Promise<DatabaseThread> {
    const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: start, execArgv: [] })
    const thread = new DatabaseThread(worker)
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: EmbeddedAnswer) => {
        if (message.kind === 'open') resolve()
        else if (message.kind === 'failed') reject(ended(message.message))
        else thread.#take(message)
      })
      worker.once('error', (error) => reject(ended(error.message)))
      worker.once('exit', () => reject(ended('its thread ended')))
    })
    return thread
  }

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('error', (error) => this.#end(ended(error.message)))
    worker.on('exit', () => this.#end(ended('its thread ended')))
  }

  onNotification(notified: (channel: string, detail: string) => void): void {
    this.#notified = notified
  }

  query(text: string, values?: readonly unknown[]): Promise<SqlAnswer> {
    return this.#ask((id) => ({ id, kind: 'query', text, ...(values !== undefined && { values }) }))
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return
    await this.#ask((id) => ({ id, kind: 'close' }))
    await this.#worker.terminate()
  }

  #ask(request: (id: number) => EmbeddedRequest): Promise<SqlAnswer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage(request(id), [])
    })
  }

  #take(message: Exclude<EmbeddedAnswer, { kind: 'open' | 'failed' }>): void {
    if (message.kind === 'notification') return this.#notified(message.channel, message.detail)
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.kind === 'answer') waiting?.resolve(message)
    else waiting?.reject(sqlFault(Object.assign(new Error(message.message), { code: message.code })))
  }

  #end(fault: Fault): void {
    this.#ended ??= fault
    for (const { reject } of this.#waiting.values()) reject(fault)
    this.#waiting.clear()
  }
}

function ended(why: string): Fault {
  return new Fault('STORE_UNAVAILABLE', `the embedded database cannot be used: ${why}`)
}
