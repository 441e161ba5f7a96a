import { EventEmitter } from 'node:events'
import t from 'tap'
import type { Message } from '../../src/front/channel.ts'
import { type ChildProcess, standBefore } from '../../src/front/stand-before.ts'

const settings = { socket: '/nowhere', onlyLoopback: true, jwt: false, origins: [], prefix: 'a', tellsEach: false }

/** A front whose server is gone as soon as it is asked something of that kind. */
function frontOf(until: string): { readonly child: ChildProcess; readonly asked: readonly string[] } {
  const asked: string[] = []
  const child = Object.assign(new EventEmitter(), {
    send: (message: Message): boolean => {
      if (!('ask' in message)) return true
      asked.push(message.kind)
      if (message.kind === until) setImmediate(() => child.emit('disconnect'))
      else setImmediate(() => child.emit('message', { answer: message.ask, value: settings }))
      return true
    },
  })
  return { child, asked }
}

t.test('a server that ends while its fronts begin is no failure of theirs', async (t) => {
  for (const [until, asked] of [
    ['settings', ['settings']],
    ['ready', ['settings', 'ready']],
  ] as const) {
    const front = frontOf(until)
    await standBefore(front.child)
    t.strictSame(front.asked, asked)
  }
})
