import type { MessagePort } from 'node:worker_threads'
import type { Death, FromWorker, ToWorker } from './messages.ts'

/** What a worker thread does: says what it is, answers one request at a time, and knows how much memory it holds. */
export interface Responder {
  readonly hello: string
  answer(request: string): string
  bytes(): number
  /** Does something like the work to come, for a worker that is started before there is any. */
  rehearse?(): void
}

/** The worker's side of a pool: starts with what `boot` brings, then answers until something throws. */
export function serve(
  port: MessagePort,
  start: (boot: unknown) => Responder | Promise<Responder>,
  diagnose: (error: unknown) => Death = crashed,
): void {
  const say = (message: FromWorker): void => port.postMessage(message)
  let responder: Responder | undefined
  const react = async (message: ToWorker): Promise<void> => {
    try {
      if ('boot' in message) {
        responder = await start(message.boot)
        say({ kind: 'ready', hello: responder.hello })
        if (message.early) responder.rehearse?.()
      } else if (responder !== undefined) {
        const text = responder.answer(message.ask)
        say({ kind: 'answer', text, bytes: responder.bytes() })
      }
    } catch (error) {
      say({ kind: 'died', death: diagnose(error) })
    }
  }
  port.on('message', (message: ToWorker) => void react(message))
}

/** The death of a worker in which something threw that says nothing more about itself. */
export function crashed(error: unknown): Death {
  const words = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error ? error.stack : undefined
  return { kind: 'crashed', detail: firstLine(`the engine stopped: ${words}`), ...(stack && { output: stack }) }
}

function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? text : text.slice(0, end)
}
