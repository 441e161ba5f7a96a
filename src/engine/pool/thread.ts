import { Worker } from 'node:worker_threads'
import type { Death, FromRunner, ToWorker } from './messages.ts'
import { crashed, longestOutput } from './runner.ts'
import type { MakeRunner, Runner } from './runner.ts'

/** What the threads of a pool are made of. */
export interface ThreadOptions {
  /** Module that each thread runs; it calls `serve`. */
  readonly script: URL
  /** Makes what every thread is sent first; called once, again only after it failed. */
  readonly boot: () => Promise<unknown>
  /** Native stack of a thread in MiB; default 64. */
  readonly stackMb?: number
}

/** Makes worker threads that all start from one `boot` value, which is made while the first of them starts. */
export function threads({ script, boot, stackMb = 64 }: ThreadOptions): MakeRunner {
  let booted: Promise<unknown> | undefined
  const bootOnce = (): Promise<unknown> => {
    booted ??= boot().catch((error: unknown) => {
      booted = undefined
      throw error
    })
    return booted
  }
  return (hear) => startThread(script, stackMb, bootOnce, hear)
}

function startThread(
  script: URL,
  stackMb: number,
  boot: () => Promise<unknown>,
  hear: (message: FromRunner) => void,
): Runner {
  const worker = new Worker(script, {
    resourceLimits: { stackSizeMb: stackMb },
    // Nothing of the surroundings gets in, and nothing it writes gets out.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  const say = (message: ToWorker): void => worker.postMessage(message, [])
  worker.on('message', hear)
  worker.on('error', (error) => hear({ kind: 'died', death: deathOf(error) }))
  worker.on('exit', (status) => hear({ kind: 'died', death: exited(status) }))
  // After the listeners: the first one for messages would take it back.
  worker.unref()
  return {
    start: async (early) => {
      const value = await boot()
      say({ boot: value, early: early() })
    },
    ask: (text) => say({ ask: text }),
    kill: async () => void (await worker.terminate()),
    // Read at the end only, since a stream that is read keeps the process alive.
    written: () =>
      [worker.stdout, worker.stderr].map((stream) => String(stream.read() ?? '').slice(0, longestOutput)).join(''),
  }
}

function deathOf(error: Error): Death {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { kind: 'memory', detail: 'the engine ran out of memory', output: error.message }
  }
  return crashed(error)
}

function exited(status: number): Death {
  return { kind: 'crashed', detail: `the engine's thread ended with status ${status}` }
}
