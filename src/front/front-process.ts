import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Answering, type Channel, createChannel, type Message } from './channel.ts'
import type { FrontAnswers, ServerAnswers } from './words.ts'

/** One front, as the server sees it. */
export interface FrontProcess {
  readonly channel: Channel<FrontAnswers>
  /** Whether it takes connections. */
  readonly isReady: boolean
  /** Gives a connection away. */
  take(client: Socket): void
  /** Ends it at once. */
  kill(): void
  /** Lets it end by itself, or ends it. */
  close(): Promise<void>
}

/** What is told of a front. */
export interface FrontEvents {
  readonly ready: () => void
  /** It is gone; of these connections it did not get, or never answered on, anything. */
  readonly gone: (left: readonly Socket[]) => void
}

export const frontScript = new URL('./worker.js', import.meta.url)
const closingMs = 2000

/** Starts a front. */
export function startFront(
  script: URL,
  answering: Omit<Answering<ServerAnswers>, 'ready'>,
  { ready, gone }: FrontEvents,
): FrontProcess {
  const child = fork(fileURLToPath(script), [], {
    // What a request leaves behind is gone with its answer: with room for many of them, little of it is ever moved.
    execArgv: ['--max-semi-space-size=16'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const sending = new Set<Socket>()
  let isReady = false
  const channel = createChannel<FrontAnswers, ServerAnswers>(wireTo(child), {
    ...answering,
    ready: () => {
      isReady = true
      ready()
      return undefined
    },
  })
  // A process that could not be started, or could not be told something, is one that exits.
  child.on('error', () => undefined)
  let isGone = false
  const end = (): void => {
    if (isGone) return
    isGone = true
    isReady = false
    channel.cut()
    gone([...sending])
  }
  child.once('exit', end)
  child.once('error', end)
  return {
    channel,
    get isReady() {
      return isReady
    },
    take: (client) => {
      sending.add(client)
      child.send('connection', client, (error) => {
        sending.delete(client)
        if (error !== null) client.destroy()
      })
    },
    kill: () => void child.kill('SIGKILL'),
    close: async () => {
      if (isGone) return
      const ended = once(child, 'exit')
      const patience = setTimeout(() => child.kill('SIGKILL'), closingMs)
      if (child.connected) child.disconnect()
      await ended
      clearTimeout(patience)
    },
  }
}

function wireTo(child: ChildProcess) {
  return {
    send: (message: Message) => void (child.connected && child.send(message, () => undefined)),
    // What comes on this channel is what a front of this program sent.
    hear: (listener: (message: Message) => void) => void child.on('message', (message) => listener(message as Message)),
  }
}
