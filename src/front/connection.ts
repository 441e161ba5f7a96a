import type { Socket } from 'node:net'
import { refuseConnection } from '../http/refuse-connection.ts'
import { answerEnd, type AnswerEnd } from './answer-end.ts'
import type { RequestHead } from './request-head.ts'

/** What a front can do with a request itself. */
export interface OwnRoute {
  /** A longer body is passed on as it comes. */
  readonly mostBytes: number
  /** The whole answer; undefined where the request must be passed on. */
  answer(head: RequestHead, body: Buffer): string | undefined | Promise<OwnAnswer>
}

/** What became of a request that took a while: the pieces of its answer, or what is to be passed on instead of it, and what is to be said of the answer's body before that. */
export type OwnAnswer = { readonly answer: string } | { readonly passOn: Buffer; readonly before: string } | undefined

/** What connections of one front have in common. */
export interface ConnectionDependencies {
  /** A connection to the server, for one connection of an asker. */
  readonly connect: () => Socket
  readonly headOf: (text: string) => RequestHead | undefined
  /** What the front does itself; undefined where all is passed on. */
  readonly routeOf: (head: RequestHead) => OwnRoute | undefined
  /** In milliseconds. */
  readonly now: () => number
}

const endOfHead = Buffer.from('\r\n\r\n')
const longestHead = 8192
/** So many bytes of later requests are taken while one is worked on. */
const mostAhead = 65_536
const none = Buffer.alloc(0)

/**
 * One connection of an asker. Requests of the usual form are answered here, or passed on byte for byte to a connection to the server that
 * is this one's own, one after the other; from the first that is unusual on both connections are one.
 */
export class Connection {
  /** Since when it has waited for more of what has begun to come; or for anything. */
  since: number
  readonly #client: Socket
  readonly #own: ConnectionDependencies
  #server: Socket | undefined
  #answer: AnswerEnd | undefined
  #before = ''
  #held: Buffer[] = []
  #size = 0
  /** Fewer bytes need not be looked at again. */
  #wanted = 0
  /** Bytes of the request in work that are still to be passed on. */
  #left = 0
  #state: 'idle' | 'judging' | 'passing' | 'joined' | 'over' = 'idle'
  /** Whether the answer to what is passed on is complete. */
  #isAnswered = false
  #hasServed = false
  #isEnding = false

  constructor(client: Socket, own: ConnectionDependencies, gone: () => void) {
    this.#client = client
    this.#own = own
    this.since = own.now()
    client.allowHalfOpen = true
    client.on('data', (bytes: Buffer) => this.#take(bytes))
    client.on('end', () => this.#finish())
    client.on('drain', () => this.#server?.resume())
    client.on('error', () => client.destroy())
    client.on('close', () => {
      this.#server?.destroy()
      gone()
    })
  }

  /** Whether nothing of a request is here or in work. */
  get isIdle(): boolean {
    return this.#state === 'idle' && this.#size === 0
  }

  /** Whether some of a request is here, and more is waited for. */
  get isPartial(): boolean {
    return this.#state === 'idle' && this.#size > 0
  }

  /** Whether it has never had a request answered. */
  get isNew(): boolean {
    return !this.#hasServed
  }

  /** Passes on what is here of a request that does not come, or never ends: how long it is waited for is the server's to say. */
  passOn(): void {
    if (this.isPartial) this.#join()
  }

  /** Ends it as soon as what is in work is answered. */
  end(): void {
    this.#isEnding = true
    if (this.isPartial) this.#join()
    else if (this.#state === 'idle') this.#client.end()
  }

  destroy(): void {
    this.#client.destroy()
  }

  /** Says that nothing came in time. */
  refuse(): void {
    refuseConnection({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, this.#client)
  }

  /** Gives up a connection to the server that nothing needs now. */
  rest(): void {
    if (this.#state !== 'idle') return
    const server = this.#server
    this.#server = undefined
    server?.destroy()
  }

  #take(bytes: Buffer): void {
    if (this.#state === 'joined') return this.#send(bytes)
    if (this.#state === 'over') return
    let more = bytes
    if (this.#left > 0) {
      const part = bytes.subarray(0, this.#left)
      this.#left -= part.length
      this.#send(part)
      more = bytes.subarray(part.length)
      if (this.#left === 0 && this.#isAnswered) this.#passed()
      if (more.length === 0) return
    }
    if (this.#size === 0) this.since = this.#own.now()
    this.#held.push(more)
    this.#size += more.length
    if (this.#state === 'idle') this.#next()
    else if (this.#size > mostAhead) this.#client.pause()
  }

  /** Does what the bytes that are here ask for, as far as they do. */
  #next(): void {
    while (this.#state === 'idle' && this.#size > 0 && this.#size >= this.#wanted) {
      const bytes = this.#all()
      const end = bytes.indexOf(endOfHead)
      if (end < 0) {
        if (bytes.length > longestHead) this.#join()
        return
      }
      const head = end > longestHead ? undefined : this.#own.headOf(bytes.toString('latin1', 0, end))
      if (head === undefined) return this.#join()
      const begin = end + endOfHead.length
      const whole = begin + head.length
      const route = this.#own.routeOf(head)
      if (route === undefined || head.length > route.mostBytes) this.#pass(head, bytes, whole)
      else if (bytes.length < whole) this.#wanted = whole
      else this.#judge(route, head, bytes, begin, whole)
    }
  }

  #judge(route: OwnRoute, head: RequestHead, bytes: Buffer, begin: number, whole: number): void {
    const answer = route.answer(head, bytes.subarray(begin, whole))
    if (answer === undefined) return this.#pass(head, bytes, whole)
    this.#keep(bytes.subarray(whole))
    if (typeof answer === 'string') return this.#answered(answer)
    this.#state = 'judging'
    void this.#judged(answer, head, bytes.subarray(0, whole))
  }

  async #judged(answer: Promise<OwnAnswer>, head: RequestHead, request: Buffer): Promise<void> {
    // Whatever goes wrong here, the server says it.
    const own = await answer.catch(() => undefined)
    if (this.#client.destroyed) return
    this.#state = 'idle'
    const rest = this.#all()
    if (own !== undefined && 'answer' in own) this.#answered(own.answer)
    else {
      const passed = own?.passOn ?? request
      this.#pass(head, passed, passed.length, own?.before)
      this.#keep(rest)
    }
    this.#goOn()
  }

  #answered(text: string): void {
    this.#hasServed = true
    this.since = this.#own.now()
    // A text of plain characters is written as it lies in memory.
    const isPlain = Buffer.byteLength(text) === text.length
    if (!this.#client.write(text, isPlain ? 'latin1' : 'utf8')) {
      this.#client.pause()
      this.#client.once('drain', () => this.#client.resume())
    }
  }

  /** Passes on one request, the first bytes of which are here. */
  #pass(head: RequestHead, bytes: Buffer, whole: number, before = ''): void {
    this.#state = 'passing'
    this.#answer = answerEnd(head.method === 'HEAD')
    this.#isAnswered = false
    this.#before = before
    this.#left = Math.max(0, whole - bytes.length)
    this.#keep(bytes.subarray(whole))
    this.#send(bytes.subarray(0, whole))
  }

  /** From now on everything goes to the server and comes from there. */
  #join(): void {
    this.#state = 'joined'
    const bytes = this.#all()
    this.#keep(none)
    this.#send(bytes)
  }

  #send(bytes: Buffer): void {
    const server = (this.#server ??= this.#connected())
    if (server.write(bytes)) return
    this.#client.pause()
  }

  #connected(): Socket {
    const server = this.#own.connect()
    const isOwn = (): boolean => this.#server === server
    server.on('data', (bytes: Buffer) => {
      if (isOwn()) this.#receive(bytes, server)
    })
    server.on('drain', () => this.#client.resume())
    server.on('error', () => server.destroy())
    server.on('close', () => {
      if (!isOwn()) return
      this.#server = undefined
      // What was begun ends here, as it would if the asker's connection were the server's.
      if (this.#state !== 'passing' && this.#state !== 'joined') return
      this.#state = 'over'
      this.#client.end(() => this.#client.destroy())
    })
    return server
  }

  #receive(bytes: Buffer, server: Socket): void {
    const answer = this.#answer
    const said = answer === undefined ? 'open' : answer.push(bytes)
    let isTaken = true
    if (answer !== undefined && this.#before !== '' && answer.headIn < bytes.length) {
      this.#client.write(bytes.subarray(0, answer.headIn))
      // An answer without these lines is one that refuses all of them.
      if (answer.status === 200) this.#client.write(this.#before)
      this.#before = ''
      isTaken = this.#client.write(bytes.subarray(answer.headIn))
    } else isTaken = this.#client.write(bytes)
    if (!isTaken) server.pause()
    if (said === 'open' && this.#state === 'passing' && this.#left === 0) this.#joinAnswer()
    if (said === 'done' && this.#state === 'passing') {
      this.#isAnswered = true
      if (this.#left === 0) this.#passed()
    }
  }

  /** An answer without an end of its own takes its connection with it. */
  #joinAnswer(): void {
    this.#answer = undefined
    this.#join()
  }

  #passed(): void {
    this.#answer = undefined
    this.#state = 'idle'
    this.#hasServed = true
    this.since = this.#own.now()
    this.#goOn()
  }

  #goOn(): void {
    if (this.#client.isPaused()) this.#client.resume()
    this.#next()
    if (this.#isEnding) this.end()
    else if (this.#client.readableEnded && this.#state === 'idle') this.#finish()
  }

  /** The asker sends nothing more. */
  #finish(): void {
    if (this.isPartial) this.#join()
    if (this.#state === 'passing' || this.#state === 'joined') this.#server?.end()
    else if (this.#state === 'idle') this.#client.end()
  }

  #all(): Buffer {
    const [only] = this.#held
    return only !== undefined && this.#held.length === 1 ? only : Buffer.concat(this.#held)
  }

  #keep(bytes: Buffer): void {
    this.#held = bytes.length === 0 ? [] : [bytes]
    this.#size = bytes.length
    this.#wanted = 0
  }
}
