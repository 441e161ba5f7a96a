import { connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { setTimeout } from 'node:timers/promises'
import { createAccess } from '../http/access/access.ts'
import { requestIds } from '../http/request-ids.ts'
import { answeredCount } from './answered.ts'
import { type Channel, createChannel, type Message } from './channel.ts'
import { createFront, type Front } from './front.ts'
import { knownWorkspaces, type KnownWorkspaces } from './known-workspaces.ts'
import { okHeads } from './ok-head.ts'
import { ownBatch } from './own-batch.ts'
import { ownCheck } from './own-check.ts'
import { httpDates, type OwnAnswered } from './own-dependencies.ts'
import type { FrontAnswers, FrontSettings, ServerAnswers } from './words.ts'

const sweepMs = 100
const tellMs = 1000
/** Until then the server has taken every connection that was begun before. */
const joinMs = 20

/** A process with a channel to the one that started it. */
export interface ChildProcess {
  readonly send?: NodeJS.Process['send']
  on(event: 'message', listener: (message: unknown, handle: unknown) => void): unknown
  once(event: 'disconnect', listener: () => void): unknown
}

/** Stands before a server as long as the channel to it is open; resolves once it does. Rejects where that cannot be. */
export async function standBefore(child: ChildProcess): Promise<void> {
  let isGone = false
  child.once('disconnect', () => {
    isGone = true
  })
  try {
    await begin(child)
  } catch (error) {
    // A server that ends while its fronts begin is no failure of theirs.
    if (!isGone) throw error
  }
}

async function begin(child: ChildProcess): Promise<void> {
  const clients = new Set<Socket>()
  const now = (): number => performance.now()
  const count = answeredCount()
  let serve = (client: Socket): void => void client.destroy()
  const channel: Channel<ServerAnswers> = createChannel<ServerAnswers, FrontAnswers>(
    {
      send: (message) => void child.send?.(message, undefined, undefined, () => undefined),
      hear: (listener) =>
        child.on('message', (message, handle) => {
          // What comes on this channel is what the server of this program sent.
          if (message !== 'connection') listener(message as Message)
          else if (handle !== undefined) serve(handle as Socket)
        }),
    },
    {
      forget: ({ workspaces, change }) => {
        known.forget(workspaces, change)
        return undefined
      },
      tell: () => tell(),
      end: async () => {
        front.end()
        await setTimeout(joinMs)
        return undefined
      },
    },
  )
  const tell = async (): Promise<undefined> => {
    const told = count.take()
    return told.length === 0 ? undefined : channel.ask('answered', told)
  }
  const known = knownWorkspaces((question) => channel.ask('known', question), now)
  const told = ({ head, id, subject, route, operation, begun }: OwnAnswered): void => {
    const ms = now() - begun
    count.add(route, ms)
    if (!settings.tellsEach) return
    const { traceparent } = head.headers
    const said = { id, route, operation, subject: subject.name, ms }
    channel.ask('answeredRequest', traceparent === undefined ? said : { ...said, traceparent }).catch(() => undefined)
  }
  const timers: NodeJS.Timeout[] = []
  child.once('disconnect', () => {
    channel.cut()
    for (const timer of timers) clearInterval(timer)
    for (const client of clients) client.destroy()
  })
  const settings = await channel.ask('settings', undefined)
  const front = frontOf(settings, { channel, known, now, answered: told })
  const decrypted = settings.tls && decrypting(settings.tls, front)
  serve = (client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.setNoDelay(true)
    if (decrypted === undefined) front.serve(client)
    else decrypted(client)
  }
  timers.push(
    setInterval(() => front.sweep(), sweepMs),
    setInterval(() => void tell().catch(() => undefined), tellMs),
  )
  await channel.ask('ready', undefined)
}

interface FrontParts {
  readonly channel: Channel<ServerAnswers>
  readonly known: KnownWorkspaces
  readonly now: () => number
  readonly answered: (answered: OwnAnswered) => void
}

function frontOf(settings: FrontSettings, { channel, known, now, answered }: FrontParts): Front {
  const clock = (): Date => new Date()
  const access = createAccess({
    tokens: { any: () => channel.ask('tokensExist', undefined), find: (id) => channel.ask('token', id) },
    ...(settings.jwt ? { verifyJwt: (token, moment) => channel.ask('jwt', { token, now: moment }) } : {}),
    onlyLoopback: settings.onlyLoopback,
    allowedOrigins: settings.origins,
    clock,
  })
  const own = {
    access,
    known,
    clock,
    now,
    answered,
    idOf: requestIds(settings.prefix),
    okHead: okHeads(settings.origins.length > 0),
    date: httpDates(),
  }
  const routes = { '/v1/check': ownCheck(own), '/v1/check/batch': ownBatch(own) }
  return createFront({ connect: () => connect(settings.socket), routes, now })
}

function decrypting({ cert, key }: NonNullable<FrontSettings['tls']>, front: Front): (client: Socket) => void {
  const server = createServer(
    { cert: Buffer.from(cert), key: Buffer.from(key), ALPNProtocols: ['http/1.1'] },
    (socket) => front.serve(socket),
  )
  return (client) => void server.emit('connection', client)
}
