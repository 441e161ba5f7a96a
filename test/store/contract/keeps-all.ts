import type { Test } from 'tap'
import type { Store } from '../../../src/store/store.ts'
import { check, finding, minute, snapshot } from './samples.ts'

/** What was put is there, as it was put. */
export async function keepsAll(t: Test, store: Store): Promise<void> {
  const { workspaces, files, revisions, snapshots, checks, findings, events, proposals } = store
  const { approvals, webhooks, tokens, sessions, audit } = store
  await t.test('workspaces', async (t) => {
    t.equal(await workspaces.create('b', minute(0)), true)
    t.equal(await workspaces.create('a', minute(1)), true)
    t.equal(await workspaces.create('a', minute(2)), false, 'it is there')
    await workspaces.setRetention('a', { snapshotsDays: 30 })
    t.same(await workspaces.list(), [
      { name: 'a', createdAt: minute(1), retention: { snapshotsDays: 30 } },
      { name: 'b', createdAt: minute(0), retention: {} },
    ])
    t.equal(await workspaces.find('c'), undefined)
    t.equal(await workspaces.lock('c'), undefined)
    t.equal(await workspaces.delete('b'), true)
    t.equal(await workspaces.delete('b'), false)
  })

  await t.test('files, by digest', async (t) => {
    const texts = ['', 'x: 1\n', 'long '.repeat(500_000)]
    const digests = await Promise.all(texts.map((text) => files.put('a', Buffer.from(text))))
    const found = await files.getMany('a', [...digests, 'absent'])
    t.equal(found.size, 3)
    for (const [index, digest] of digests.entries())
      t.equal(Buffer.from(found.get(digest) ?? [1]).toString(), texts[index], digest)
    t.equal(await files.put('a', Buffer.from('x: 1\n')), digests[1])
    t.equal(await files.get('a', 'absent'), undefined)
    const set = await files.putSet(
      'a',
      new Map([
        ['b.cue', Buffer.from('b')],
        ['__proto__', Buffer.from('x: 1\n')],
      ]),
    )
    t.equal(set.files['__proto__'], digests[1])
    t.same(await files.getSet('a', set.digest), set)
    t.equal(
      (
        await files.putSet(
          'a',
          new Map([
            ['__proto__', Buffer.from('x: 1\n')],
            ['b.cue', Buffer.from('b')],
          ]),
        )
      ).digest,
      set.digest,
    )
    t.not((await files.putSet('a', new Map())).digest, set.digest)
  })

  await t.test('revisions', async (t) => {
    const draft = {
      at: minute(5),
      by: 'anna',
      cause: { kind: 'workspace' },
      forced: false,
      parts: { workspace: await files.put('a', Buffer.from('x')), teams: {} },
    } as const
    t.same(await revisions.append('a', draft), { ...draft, workspace: 'a', revision: 1 })
    t.equal((await revisions.append('a', { ...draft, at: minute(3) })).at, minute(5), 'time does not go back')
    await revisions.append('a', { ...draft, at: minute(9) })
    t.equal((await revisions.at('a', new Date(minute(8))))?.revision, 2)
    t.equal((await revisions.at('a', new Date(minute(4))))?.revision, undefined)
    t.equal((await revisions.at('a'))?.revision, 3)
    t.equal((await revisions.get('a', 2))?.at, minute(5))
    const first = await revisions.list('a', { limit: 2 })
    t.same(
      first.items.map(({ revision }) => revision),
      [3, 2],
    )
    const second = await revisions.list('a', { limit: 2, ...(first.next !== undefined && { cursor: first.next }) })
    t.same([second.items.map(({ revision }) => revision), second.next], [[1], undefined])
    await t.rejects(snapshots.list('a', {}, { limit: 2, cursor: first.next ?? '' }), { code: 'CURSOR_INVALID' })
    await t.rejects(revisions.list('a', { limit: 2, cursor: 'x' }), { code: 'CURSOR_INVALID' })
    await t.rejects(revisions.append('none', draft), { code: 'WORKSPACE_NOT_FOUND' })
  })

  await t.test('snapshots', async (t) => {
    t.equal(await snapshot(store, 'a', { sequence: 1 }), 'recorded')
    t.equal(await snapshot(store, 'a', { sequence: 1 }), 'same')
    t.equal(await snapshot(store, 'a', { sequence: 1, by: 'b' }), 'different')
    await snapshot(store, 'a', { sequence: 2, covers: ['b', 'a'] })
    await snapshot(store, 'a', { sequence: 3 })
    await snapshot(store, 'a', { sequence: 5, covers: ['a', 'b'] })
    await snapshot(store, 'a', { sequence: 4, covers: ['b', 'a'] })
    await snapshot(store, 'a', { sequence: 9, covers: ['c'], environment: 'dev' })
    await snapshot(store, 'a', { sequence: 1, environment: 'prod', observer: 'a', observedAt: '0000-01-01T00:00:00Z' })
    const cut = async (until = {}) =>
      (await snapshots.candidates('a', 'prod', until)).map(({ observer, sequence }) => `${observer} ${sequence}`)
    t.same(await cut(), ['a 1', 'node 3', 'node 5'])
    t.same(await cut({ receivedUntil: new Date(minute(4)) }), ['a 1', 'node 3', 'node 4'])
    t.same(await cut({ observedUntil: new Date(minute(2)) }), ['a 1', 'node 1', 'node 2'])
    t.equal((await snapshots.newest('a', undefined, 'node'))?.sequence, 5)
    t.equal((await snapshots.newest('a', 'dev', 'node'))?.sequence, 9)
    const found = await snapshots.find('a', { environment: undefined, observer: 'node', sequence: 5 })
    t.same(await snapshots.find('a', { digest: found?.digest ?? '' }), found)
    t.same([found?.sequence, await snapshots.find('a', { digest: 'absent' })], [5, undefined])
    t.same(
      (await snapshots.observers('a')).map((last) => [last.observer, last.environment, last.sequence, last.snapshots]),
      [
        ['a', 'prod', 1, 1],
        ['node', undefined, 5, 5],
        ['node', 'dev', 9, 1],
      ],
    )
    t.equal((await snapshots.observers('a', 'dev')).length, 2)
    const [, earlier] = await snapshots.observers('a', undefined, { receivedUntil: new Date(minute(4)) })
    t.match(earlier, { observer: 'node', sequence: 4, snapshots: 4 }, 'as it was known then')
    const page = await snapshots.list('a', { environment: 'dev', observedFrom: new Date(minute(2)) }, { limit: 3 })
    t.same(
      page.items.map(({ sequence }) => sequence),
      [9, 5, 4],
    )
    const next = await snapshots.list(
      'a',
      { environment: 'dev', observedFrom: new Date(minute(2)) },
      { limit: 3, cursor: page.next ?? '' },
    )
    t.same(
      next.items.map(({ sequence }) => sequence),
      [3, 2],
    )
  })

  await t.test('checks that are due', async (t) => {
    t.equal(await checks.progress('a', 'prod'), undefined)
    t.same(await checks.want('a', 'prod'), { workspace: 'a', environment: 'prod', wanted: 1 })
    await checks.want('a', 'prod')
    await checks.want('a', 'dev')
    await checks.done('a', 'dev', 1)
    await checks.done('a', 'prod', 1)
    t.same(await checks.due(), [{ workspace: 'a', environment: 'prod', wanted: 2 }])
    await store.transaction(async (tx) => t.same(await tx.checks.progress('a', 'prod', 'lock'), { wanted: 2, done: 1 }))
  })

  await t.test('checks and findings over time', async (t) => {
    const [web, ports] = [
      ['services', 'web'],
      ['services', 'web', 'ports', '10'],
    ]
    const at = (sequence: number, message = 'm') =>
      finding(web, {
        message,
        observations: [
          { observer: 'node', sequence, file: `node/${sequence}.json`, line: 3, value: 12345678901234567890n },
        ],
      })
    const cut = (sequence: number) => ({ snapshots: [{ observer: 'node', sequence, source: '', digest: '' }] })
    const first = await checks.append(check('a', minute(10), cut(1)), [
      at(1),
      finding(ports, { owner: 'net', teams: ['a'] }),
    ])
    t.equal(first.record.check, 1)
    t.same(first.record.change, {
      added: 2,
      gone: 0,
      undecided: 0,
      addedAs: { conflicts: 0, violates: 2, undecided: 0, none: 0, exempted: 0 },
      paths: ['services.web', 'services.web.ports.10'],
    })
    t.equal(first.before, undefined)
    const second = await checks.append(check('a', minute(11), cut(2)), [
      at(2),
      finding([...web, 'ports', '9'], {
        severity: 'warning',
        outcome: 'none',
        exempted: { id: 'E', owner: 'a', expires: '2027-01-01' },
      }),
    ])
    t.same([second.opened.length, second.resolved], [1, [finding(ports, { owner: 'net', teams: ['a'] })]])
    t.same(second.before, first.record)
    await checks.append(check('a', minute(12), { fault: { code: 'ENGINE_MEMORY', message: 'm' } }), undefined)
    const third = await checks.append(check('a', minute(9), cut(3)), [
      at(3, 'other'),
      finding(ports, { owner: 'net', teams: ['a'] }),
    ])
    t.same(
      [third.record.at, third.record.since, third.reopened.length, third.resolved.length],
      [minute(12), minute(12), 1, 1],
    )
    await checks.append(check('a', minute(13), { environment: 'dev' }), [
      finding(['\u0000"', '*'], { environment: 'dev', message: '\u0000 and \ud800' }),
    ])

    const list = async (filter = {}, more = {}) => (await findings.list('a', filter, { limit: 10, ...more })).items
    t.same(await list({ environments: ['prod'] }), [
      { ...at(3, 'other'), firstSeen: minute(10), since: minute(10), lastSeen: minute(12), reopened: 0 },
      {
        ...finding(ports, { owner: 'net', teams: ['a'] }),
        firstSeen: minute(10),
        since: minute(12),
        lastSeen: minute(12),
        reopened: 1,
      },
    ])
    t.same(
      (await list({}, { at: new Date(minute(11)) })).map((one) => [
        one.at,
        one.observations[0]?.sequence,
        one.observations[0]?.file,
        one.lastSeen,
      ]),
      [
        ['services.web', 2, 'node/2.json', minute(11)],
        ['services.web.ports.9', undefined, undefined, minute(11)],
      ],
    )
    t.equal((await list({}, { at: new Date(minute(9)) })).length, 0)
    t.same((await list({ environments: ['dev'] }))[0]?.message, '\u0000 and \ud800')
    t.equal((await list({ q: '\u0000 AND' })).length, 1)
    t.equal((await list({ path: ['services', '*', 'ports'] })).length, 1)
    t.equal((await list({ path: ['services', 'web'] })).length, 2)
    t.equal((await list({ path: ['services', 'we'] })).length, 0)
    t.equal((await list({ path: [] })).length, 3)
    t.equal((await list({ team: 'a', owner: 'net' })).length, 1)
    t.equal((await list({ exempted: true }, { at: new Date(minute(11)) })).length, 1)
    t.same(
      (await list({}, { order: 'since' })).map((one) => one.at),
      ['\u0000".*', 'services.web.ports.10', 'services.web'],
    )
    t.same(
      (await list({}, { order: 'severity', at: new Date(minute(11)) })).map((one) => one.severity),
      ['error', 'warning'],
    )
    t.same(await findings.count('a', { environments: ['prod'] }, 'environment'), [
      { name: 'prod', count: 2 },
      { name: 'dev', count: 1 },
    ])
    t.same(await findings.count('a', {}, 'owner'), [{ name: 'net', count: 1 }])
    const early = new Date(minute(11))
    t.same(await findings.count('a', { countsAs: ['none'] }, 'countsAs', early), [
      { name: 'exempted', count: 1 },
      { name: 'violates', count: 1 },
    ])
    t.equal((await list({ countsAs: ['exempted', 'conflicts'] }, { at: early })).length, 1)
    t.equal((await list({ kind: ['missing', 'mismatch'], severity: ['error'] })).length, 3)
    t.equal((await list({ since: new Date(minute(12)) })).length, 2)
    t.same(await findings.ages('a', ['prod'], new Date(minute(12))), [{ owner: 'net', fresh: 1, oldest: minute(12) }])
    t.match(await findings.ages('a', undefined, new Date(minute(11)), new Date(minute(10))), [{ fresh: 0 }])
    t.same(await findings.ages('a', ['dev'], new Date(0)), [])
    const week = 7 * 24 * 60
    t.same(
      await findings.weeks('a', 'prod', new Date(minute(12)), 2),
      [{ rule: 'R-1', counts: [0, 2], last: minute(12) }],
      'each once, however often it came; exempted ones aside',
    )
    t.same(await findings.weeks('a', 'prod', new Date(minute(week + 12)), 3), [
      { rule: 'R-1', counts: [0, 2, 2], last: minute(week + 12) },
    ])
    t.match(await findings.weeks('a', 'prod', new Date(minute(11)), 1), [{ counts: [2], last: minute(11) }])
    t.same(await findings.weeks('a', 'prod', new Date(minute(9)), 12), [], 'before there was any')
    for (const order of ['path', 'since', 'severity'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await findings.list('a', {}, { limit: 1, order, ...(cursor !== undefined && { cursor }) })
        seen.push(...page.items.map((one) => one.fingerprint))
        cursor = page.next
      } while (cursor !== undefined)
      t.same(
        seen,
        (await list({}, { order })).map((one) => one.fingerprint),
        order,
      )
    }
    const gone = await findings.get('a', finding([...web, 'ports', '9']).fingerprint)
    t.same([gone?.resolved, gone?.lastSeen, gone?.history.length], [minute(12), minute(11), 1])
    const cause = { kind: 'revision', revision: 1 } as const
    t.same((await findings.get('a', finding(ports).fingerprint, 'prod'))?.history, [
      { from: minute(10), fromCheck: 1, cause, until: minute(11), untilCheck: 2, untilCause: cause },
      { from: minute(12), fromCheck: 4, cause },
    ])
    const then = await findings.get('a', finding([...web, 'ports', '9']).fingerprint, 'prod', new Date(minute(11)))
    t.same([then?.resolved, then?.lastSeen, then?.history[0]?.until], [undefined, minute(11), undefined], 'it stood')
    const between = await findings.get('a', finding(ports).fingerprint, 'prod', new Date(minute(11)))
    t.same([between?.resolved, between?.reopened, between?.history.length], [minute(11), 0, 1], 'before it came back')
    t.equal(await findings.get('a', finding(ports).fingerprint, 'prod', new Date(minute(9))), undefined)
    t.equal(await findings.get('a', 'none'), undefined)
    t.equal((await checks.at('a', 'prod', new Date(minute(11))))?.check, 2)
    t.equal((await checks.get('a', 3))?.fault?.code, 'ENGINE_MEMORY')
    const some = await checks.between('a', 'prod', new Date(minute(11)), undefined, { limit: 2 })
    t.same(
      some.items.map((one) => one.check),
      [2, 3],
    )
    t.same(
      (
        await checks.between('a', 'prod', new Date(minute(11)), undefined, { limit: 2, cursor: some.next ?? '' })
      ).items.map((one) => one.check),
      [4],
    )
    const newest = { limit: 2, first: 'newest' } as const
    const last = await checks.between('a', 'prod', new Date(minute(11)), undefined, newest)
    const before = { ...newest, cursor: last.next ?? '' }
    const rest = await checks.between('a', 'prod', new Date(minute(11)), undefined, before)
    t.same(
      [...last.items, ...rest.items].map((one) => one.check),
      [4, 3, 2],
    )
    const other = checks.between('a', 'prod', new Date(minute(11)), undefined, { limit: 2, cursor: last.next ?? '' })
    await t.rejects(other, { code: 'CURSOR_INVALID' })
  })

  await t.test('events', async (t) => {
    const heard: string[] = []
    const arrived = new Promise<void>((resolve) => {
      void store
        .listen('events', (detail) => {
          heard.push(detail)
          resolve()
        })
        .then(() =>
          store.transaction(async (tx) => {
            await tx.workspaces.lock('a')
            await tx.events.append('a', [
              { at: minute(20), kind: 'stale', environment: 'prod', observer: 'node', sequence: 1 },
              { at: minute(21), kind: 'proposal', proposal: 'p', team: 'a', state: 'open' },
            ])
          }),
        )
    })
    await arrived
    t.same(heard, ['a'])
    t.same(
      (await events.after('a', 0, 10)).map(({ event, kind }) => [event, kind]),
      [
        [1, 'stale'],
        [2, 'proposal'],
      ],
    )
    t.same(
      (await events.after('a', 0, 10, ['proposal'])).map(({ event }) => event),
      [2],
    )
    t.same(
      (await events.list('a', { from: new Date(minute(21)) }, { limit: 1 })).items.map(({ event }) => event),
      [2],
    )
    t.same([await events.newest('a'), await events.oldest('a'), await events.newest('none')], [2, 1, 0])
    t.same(await events.append('a', []), [])
  })

  await t.test('proposals, webhooks, tokens, audit', async (t) => {
    const proposal = {
      workspace: 'a',
      proposal: 'p1',
      team: 'net',
      at: minute(1),
      by: 'anna',
      state: 'open',
      base: 1,
      after: 'd',
      comparison: {
        verdict: 'unchanged',
        notes: [],
        environments: [],
        summary: { conflicts: 0, violating: 0, undecided: 0, minor: 0, resolved: 0, changed: 0, teams: [] },
        rules: { added: [], removed: [], severity: [] },
        exemptions: { added: [], removed: [], widened: [], narrowed: [] },
        approvals: [],
        faults: [],
      },
    } as const
    await proposals.add(proposal)
    await proposals.add({ ...proposal, proposal: 'p2' })
    t.same(
      (await proposals.list('a', { limit: 5, state: 'open' })).items.map((one) => one.proposal),
      ['p2', 'p1'],
    )
    const approval = { team: 't', state: 'approved', at: minute(1), by: 'bea', digest: 'd', words: 'a\u0000b' } as const
    await approvals.append('a', { ...approval, proposal: 'p2' })
    await approvals.append('a', { ...approval, proposal: 'p1', state: 'objected' })
    await approvals.append('a', { ...approval, proposal: 'p1', state: 'withdrawn' })
    t.same(await approvals.of('a', ['p1', 'p3']), [
      { ...approval, proposal: 'p1', state: 'objected' },
      { ...approval, proposal: 'p1', state: 'withdrawn' },
    ])
    t.equal((await approvals.of('a', ['p1', 'p2'])).length, 3)
    t.same([await approvals.of('a', []), await approvals.of('b', ['p1'])], [[], []])
    t.equal(await proposals.adopt('a', 'p1', 7), true)
    t.equal(await proposals.adopt('a', 'p1', 8), false)
    t.same(await proposals.get('a', 'p1'), { ...proposal, state: 'adopted', adopted: 7 })

    const webhook = { name: 'w', url: 'https://example.org', secret: 's', createdAt: minute(1) }
    await webhooks.put('a', webhook)
    await webhooks.put('a', { ...webhook, events: ['check'] })
    t.same(await webhooks.list('a'), [{ ...webhook, events: ['check'] }])
    t.equal(await webhooks.delete('a', 'w'), true)
    t.equal(await webhooks.get('a', 'w'), undefined)

    t.equal(await tokens.any(), false)
    const token = { id: 'i', name: 'n', scopes: ['read:a'], createdAt: minute(1) } as const
    await tokens.add(token, 'digest')
    t.same(await tokens.find('i'), { token, digest: 'digest' })
    t.equal(await tokens.revoke('i', minute(2)), true)
    t.equal(await tokens.revoke('i', minute(3)), false)
    t.same(await tokens.list(), [{ ...token, revokedAt: minute(2) }])
    t.equal(await tokens.any(), true)

    const session = { name: 'n', source: { kind: 'token', id: 'i' }, createdAt: minute(1), endsAt: minute(9) } as const
    await sessions.add(session, 'd')
    t.same(await sessions.find('d'), { session, usedAt: minute(1) })
    await sessions.use('d', minute(3))
    t.same(await sessions.find('d'), { session, usedAt: minute(3) })
    await sessions.add({ ...session, endsAt: minute(4) }, 'e')
    await store.prune(new Date(minute(5)))
    t.same([await sessions.find('e'), await sessions.end('d'), await sessions.end('d')], [undefined, true, false])

    await audit.append({ at: minute(1), by: 'anna', action: 'create token' })
    await audit.append({ at: minute(2), by: 'anna', action: 'put workspace', workspace: 'a', revision: 1 })
    t.same(
      (await audit.list(undefined, { limit: 5 })).items.map(({ action }) => action),
      ['put workspace', 'create token'],
    )
    t.same((await audit.list('a', { limit: 5 })).items.length, 1)
  })

  await t.test('results', async (t) => {
    const { memory } = store
    memory.remember([
      ['a/1', '"one"'],
      ['a/2', '"two"'],
    ])
    memory.remember([
      ['a/2', '"two"'],
      ['b', '"\\u0000"'],
    ])
    await memory.flush()
    t.same(
      [...(await memory.recall(['a/2', 'b', 'c']))].sort(([a], [b]) => (a < b ? -1 : 1)),
      [
        ['a/2', '"two"'],
        ['b', '"\\u0000"'],
      ],
    )
  })

  await t.test('a deleted workspace is gone, all of it', async (t) => {
    t.equal(await workspaces.delete('a'), true)
    const { rows } = await store.sql(
      "select relname from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'congruent' and relkind = 'r'",
    )
    for (const row of rows) {
      const name = String(Object.values(row ?? {})[0])
      if (['migrations', 'tokens', 'audit', 'results'].includes(name)) continue
      t.same((await store.sql(`select * from congruent.${name}`, [])).rows, [], name)
    }
    t.same((await findings.list('a', {}, { limit: 1 })).items, [])
  })

  await t.test('what cannot be kept is said', async (t) => {
    await workspaces.create('a', minute(0))
    await t.rejects(snapshot(store, 'a', { sequence: 1, observer: 'a\u0000' }), { code: 'BODY_INVALID' })
    await t.rejects(
      snapshot(store, 'a', { sequence: 1, observer: Array.from({ length: 9000 }, (_, i) => i * i).join('') }),
      { code: 'BODY_INVALID' },
    )
    await store.ready()
  })
}
