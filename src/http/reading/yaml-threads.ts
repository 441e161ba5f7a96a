import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode } from '../../errors.ts'
import { type BodyDocument, readJsonBody, readYamlBody } from './body.ts'

/** To a thread. */
export interface YamlQuestion {
  readonly bytes: Uint8Array
  readonly deadlineMs: number
}

/** From a thread. */
export type YamlAnswer =
  | { readonly json: Uint8Array }
  | { readonly fault: { readonly code: FaultCode; readonly message: string; readonly details: Fault['details'] } }

/** Reads YAML bodies beside the event loop: some short texts take long to read, and only their sender is to wait for that. */
export interface YamlThreads {
  read(bytes: Uint8Array, deadlineMs: number): BodyDocument | Promise<BodyDocument>
  close(): Promise<void>
}

// What is smaller takes no longer here than the way to a thread and back.
const readHere = 4 * 1024
const longestMs = 10_000

/** Threads are started when they are needed, at most so many; each reads one body at a time. */
export function createYamlThreads(most = 2, script = new URL('./worker.js', import.meta.url)): YamlThreads {
  const idle: Worker[] = []
  const waiting: ((worker: Worker) => void)[] = []
  let started = 0
  const all = new Set<Worker>()

  const start = (): Worker => {
    const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 512 } })
    worker.unref()
    all.add(worker)
    return worker
  }
  const take = (): Worker | Promise<Worker> => {
    const worker = idle.pop()
    if (worker !== undefined) return worker
    if (started >= most) return new Promise((resolve) => waiting.push(resolve))
    started++
    return start()
  }
  const give = (worker: Worker): void => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  const end = (worker: Worker): void => {
    all.delete(worker)
    void worker.terminate()
    const next = waiting.shift()
    if (next === undefined) started--
    else next(start())
  }
  const readBeside = async (bytes: Uint8Array, deadlineMs: number): Promise<BodyDocument> => {
    const limitMs = Math.min(deadlineMs, longestMs)
    const worker = await take()
    const answer = await ask(worker, { bytes, deadlineMs: limitMs }, limitMs + 500)
    if (answer === undefined) {
      end(worker)
      throw new Fault(
        'ENGINE_DEADLINE',
        `reading the body took longer than ${limitMs / 1000} s; send JSON, or less at a time`,
      )
    }
    give(worker)
    if ('json' in answer) return { data: readJsonBody(answer.json).data }
    const { code, message, details } = answer.fault
    throw new Fault(code, message, { details })
  }
  return {
    read: (bytes, deadlineMs) =>
      bytes.length <= readHere ? readYamlBody(bytes, deadlineMs) : readBeside(bytes, deadlineMs),
    close: async () => {
      await Promise.all(Array.from(all, (worker) => worker.terminate()))
    },
  }
}

/** What a thread answers; undefined where it takes too long or dies. */
function ask(worker: Worker, question: YamlQuestion, patienceMs: number): Promise<YamlAnswer | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: YamlAnswer | undefined): void => {
      clearTimeout(timer)
      worker.off('message', settle).off('error', dead).off('exit', dead)
      resolve(answer)
    }
    const dead = (): void => settle(undefined)
    const timer = setTimeout(dead, patienceMs)
    worker.on('message', settle).on('error', dead).on('exit', dead)
    worker.postMessage(question, [])
  })
}
