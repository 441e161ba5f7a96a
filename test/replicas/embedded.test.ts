import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { startReplica } from '../support/replica.ts'

// One server with a database of its own is ended without warning while it writes, again and again on the same folder.

const rounds = 20
const data = `${t.testdir()}/kept`
const document = 'workspace: shop\nteams: { web: { fragments: [./web] } }\n'

async function sent(address: string, path: string, method: string, type: string, body: string): Promise<boolean> {
  try {
    const headers = { 'content-type': type }
    return (await fetch(`${address}/v1/workspaces/shop${path}`, { method, headers, body })).ok
  } catch {
    return false
  }
}

/** Sends snapshots of one observer, one after another, until the server is gone; answers how many were acknowledged in all. */
async function sendUntilGone(address: string, observer: string, before: number, kept: () => void): Promise<number> {
  for (let sequence = before + 1; ; sequence++) {
    const document = { snapshot: 1, observer, sequence, observedAt: '2026-01-01T00:00:00Z', state: { sequence } }
    if (!(await sent(address, '/snapshots', 'POST', 'application/json', JSON.stringify(document)))) return sequence - 1
    kept()
  }
}

async function newestOf(address: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${address}/v1/workspaces/shop/observers`)
  const { items } = JSON.parse(await answer.text())
  return new Map(items.map((one: { observer: string; sequence: number }) => [one.observer, one.sequence]))
}

t.test('what an embedded server acknowledged is there after kill -9', async (t) => {
  const acknowledged = new Map<string, number>()
  const observers = ['a', 'b', 'c']
  for (let round = 0; round <= rounds; round++) {
    const server = startReplica('serve', { data })
    t.teardown(() => server.kill())
    const address = await server.ready
    if (round === 0) {
      t.ok(await sent(address, '', 'PUT', 'application/yaml', document))
      const files = JSON.stringify({ files: { 'web/a.cue': 'package web\n\nsequence?: <100000\n' } })
      t.ok(await sent(address, '/teams/web/fragments', 'PUT', 'application/json', files))
    } else {
      const kept = await newestOf(address)
      for (const [observer, sequence] of acknowledged)
        t.ok((kept.get(observer) ?? 0) >= sequence, `round ${round}: ${observer} has ${sequence}`)
      for (const [observer, sequence] of kept) acknowledged.set(observer, sequence)
    }
    // The kill falls somewhere into what comes after so many.
    let left = 1 + ((round * 5) % 12)
    const enough = new AbortController()
    const sending = observers.map(async (observer) => {
      const before = acknowledged.get(observer) ?? 0
      acknowledged.set(
        observer,
        await sendUntilGone(address, observer, before, () => {
          left -= 1
          if (left === 0) enough.abort()
        }),
      )
    })
    if (!enough.signal.aborted) await once(enough.signal, 'abort')
    await wait(Math.random() * 50)
    await server.kill()
    await Promise.all(sending)
  }
  t.ok(Math.max(...acknowledged.values()) > rounds, 'many were acknowledged')
})

t.test('a second server on the folder is refused', async (t) => {
  const first = startReplica('serve', { data })
  t.teardown(() => first.kill())
  await first.ready
  await t.rejects(startReplica('serve', { data }).ready, { message: /is in use by another process.*STORE_LOCKED/s })
  t.equal(await first.end(), 0)
})
