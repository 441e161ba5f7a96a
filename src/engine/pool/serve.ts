import type { MessagePort } from 'node:worker_threads'
import type { Death, FromRunner, ToWorker } from './messages.ts'
import { crashed } from './runner.ts'

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
  const say = (message: FromRunner): void => port.postMessage(message)
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
