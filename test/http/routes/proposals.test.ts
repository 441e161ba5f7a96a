import { createHash } from 'node:crypto'
import t from 'tap'
import type { Access } from '../../../src/http/access/access.ts'
import type { Comparison } from '../../../src/model/proposal.ts'
import type { KeptComparison } from '../../../src/operations/stored/publishing/kept-comparison.ts'
import { anyCovers, parseScope } from '../../../src/model/scope.ts'
import { answerProblems } from '../../support/answer-fits.ts'
import { storedService } from '../../support/stored-service.ts'
import { testApp } from '../../support/app.ts'

const workspace = `workspace: shop
teams:
  platform: { fragments: [./platform] }
  payments: { fragments: [./payments], owns: [services.ledger] }
  security: { fragments: [./security] }
  storefront: { fragments: [./storefront], owns: [services.web] }
observations: [{ files: ['-'], observer: inventory }]
`
const platform = (replicas: string): object => ({
  'platform/services.cue': `package platform\n\nservices: [string]: replicas: int & ${replicas} @rule(id="HA-1")\n`,
})
const payments = { 'payments/ledger.cue': 'package payments\n\nservices: ledger: replicas: <=6\n' }
const storefront = { 'storefront/web.cue': 'package storefront\n\nservices: web: port: 80\n' }

/** The asker is named by the scopes that a header gives. */
const scopedAccess: Access = {
  subjectOf: ({ headers }) => {
    const name = String(headers['x-scopes'])
    const scopes = name.split(' ').flatMap((text) => {
      const read = parseScope(text)
      return 'scope' in read ? [read.scope] : []
    })
    return { name, scopes }
  },
  may: ({ scopes }, needed) => anyCovers(scopes, needed),
}

const stored = await storedService(t)
const { app } = await testApp(t, { service: stored.service, access: scopedAccess, clock: () => stored.clock.now })

async function ask(scopes: string, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object | string) {
  const url = `/v1/workspaces/shop${path}`
  const answer = await app.inject({
    method,
    url,
    headers: {
      'x-scopes': scopes,
      ...(payload === undefined
        ? {}
        : { 'content-type': typeof payload === 'string' ? 'application/yaml' : 'application/json' }),
    },
    ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  })
  const body: unknown = answer.json()
  t.same(answerProblems(method, url, answer.statusCode, body), [], `${method} ${url} fits`)
  return { status: answer.statusCode, body }
}

function memberIn(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}

const admin = 'admin:shop'
const reads = 'read:shop'

t.test('who must agree is told, agrees or objects, and changes their mind', async (t) => {
  await ask(admin, 'PUT', '', workspace)
  await ask(admin, 'PUT', '/teams/platform/fragments', { files: platform('>=1') })
  await ask(admin, 'PUT', '/teams/payments/fragments', { files: payments })
  await ask(admin, 'PUT', '/teams/storefront/fragments', { files: storefront })
  const made = await ask('publish:shop/platform read:shop', 'POST', '/proposals', {
    team: 'platform',
    title: 'two of each',
    files: platform('>=2'),
  })
  const waiting = [
    { team: 'payments', required: true, state: 'waiting' },
    { team: 'storefront', required: true, state: 'waiting' },
  ]
  t.match(made, { status: 201, body: { approvals: waiting, head: { revision: 4, moved: false } } })
  t.equal(Reflect.get(Object(memberIn(made.body, 'approvals')), 'length'), 2, 'nobody else')
  const name = String(memberIn(made.body, 'proposal'))
  const say = (scopes: string, body: object) => ask(scopes, 'POST', `/proposals/${name}/approvals`, body)
  const asPayments = 'review:shop/payments read:shop'

  for (const scopes of [reads, 'review:shop/payments', 'review:shop/storefront read:shop', 'publish:shop/payments'])
    t.match(await say(scopes, { team: 'payments', state: 'approved' }), { status: 403, body: { code: 'FORBIDDEN' } })
  t.match(await say(asPayments, { team: 'payments', state: 'objected', words: ' ' }), {
    status: 400,
    body: { code: 'BODY_INVALID', detail: /an objection says why/ },
  })
  t.match(await say(asPayments, { team: 'payments', state: 'withdrawn' }), { status: 400 })
  t.match(await say('review:shop/* read:shop', { team: 'nobody', state: 'approved' }), {
    status: 404,
    body: { detail: 'workspace `shop` has no team `nobody`' },
  })
  const objected = await say(asPayments, { team: 'payments', state: 'objected', words: 'not <b>before</b> May' })
  t.match(objected, {
    status: 200,
    body: {
      approvals: [{ team: 'payments', required: true, state: 'objected', words: 'not <b>before</b> May' }, {}],
    },
  })
  t.match(await ask(reads, 'GET', '/proposals'), { body: { items: [{ approvals: [{ state: 'objected' }, {}] }] } })
  t.match(await say(asPayments, { team: 'payments', state: 'approved' }), {
    body: { approvals: [{ state: 'approved', by: asPayments, words: undefined }, { state: 'waiting' }] },
  })
  t.match(await say('review:shop/security read:shop', { team: 'security', state: 'approved', words: 'fine' }), {
    body: { approvals: [{}, { team: 'security', required: false, state: 'approved', words: 'fine' }, {}] },
  })
  const withdraw = () => ask('review:shop/security read:shop', 'DELETE', `/proposals/${name}/approvals?team=security`)
  t.match(await withdraw(), { status: 200, body: { approvals: waiting.map(({ team }) => ({ team })) } })
  t.match(await withdraw(), { status: 200 }, 'a second time nothing happens')
  t.match(await ask(reads, 'DELETE', `/proposals/${name}/approvals?team=security`), { status: 403 })
  t.match(await ask(asPayments, 'DELETE', `/proposals/${name}/approvals`), { status: 400 })

  t.match(await ask(reads, 'GET', '/events?kinds=proposal&limit=9'), {
    body: {
      items: [
        { team: 'platform', state: 'open', approval: { team: 'security', state: 'withdrawn' } },
        { approval: { team: 'security', state: 'approved' } },
        { approval: { team: 'payments', state: 'approved' } },
        { approval: { team: 'payments', state: 'objected' }, by: asPayments },
        { approval: undefined },
      ],
    },
  })
  t.match(await ask(admin, 'GET', '/audit?limit=4'), {
    body: {
      items: [
        { action: 'withdraw approval', subject: `${name} for security` },
        { action: 'approve proposal', subject: `${name} for security` },
        { action: 'approve proposal', subject: `${name} for payments`, by: asPayments },
        { action: 'object to proposal', subject: `${name} for payments`, request: String },
      ],
    },
  })
})

t.test('the head moves, approvals stay; who adopts is told what is missing', async (t) => {
  const { body } = await ask(reads, 'GET', '/proposals')
  const [open] = [memberIn(body, 'items')].flat()
  const name = String(memberIn(open, 'proposal'))
  await ask(admin, 'PUT', '/teams/storefront/fragments', {
    files: { 'storefront/web.cue': 'package storefront\n\nservices: web: port: 81\n' },
  })
  t.match(await ask(reads, 'GET', `/proposals/${name}`), {
    body: { approvals: [{ state: 'approved' }, { state: 'waiting' }], base: 4, head: { revision: 5, moved: true } },
  })
  const compare = (scopes: string) => ask(scopes, 'POST', `/proposals/${name}/compare`)
  for (const scopes of [
    reads,
    'publish:shop/platform',
    'publish:shop/payments read:shop',
    'review:shop/security read:shop',
  ])
    t.match(await compare(scopes), { status: 403, body: { code: 'FORBIDDEN' } }, scopes)
  const earlier = { state: 'approved', by: 'review:shop/payments read:shop', base: 4 }
  t.match(await compare('review:shop/storefront read:shop'), {
    status: 200,
    body: {
      base: 5,
      compared: { by: 'review:shop/storefront read:shop' },
      head: { revision: 5, moved: false },
      approvals: [
        { team: 'payments', required: true, state: 'waiting', earlier },
        { team: 'storefront', state: 'waiting', earlier: undefined },
      ],
    },
  })
  const say = (base: number) =>
    ask('review:shop/payments read:shop', 'POST', `/proposals/${name}/approvals`, {
      team: 'payments',
      state: 'approved',
      base,
    })
  t.match(await say(4), {
    status: 412,
    body: {
      code: 'PRECONDITION_FAILED',
      detail: /compared anew with revision 5, and what is said is about revision 4/,
    },
  })
  await say(5)
  t.match(await say(5), { body: { approvals: [{ state: 'approved', earlier: undefined }, {}] } })
  t.match(
    await compare('publish:shop/platform read:shop'),
    { body: { approvals: [{ state: 'approved' }, {}] } },
    'what is in force is the same: what was said counts on',
  )
  t.match(
    await ask(admin, 'GET', '/audit?limit=4'),
    {
      body: {
        items: [
          { action: 'compare proposal anew', subject: name, by: 'publish:shop/platform read:shop' },
          { action: 'approve proposal', subject: `${name} for payments` },
          { action: 'compare proposal anew', subject: name, request: String },
          { action: 'publish fragments' },
        ],
      },
    },
    'what was said twice stands there once',
  )
  t.match(await ask(reads, 'GET', '/events?kinds=proposal&limit=2'), {
    body: { items: [{ state: 'open', base: 5 }, { approval: { state: 'approved' } }] },
  })
  t.match(await ask('publish:shop/platform', 'POST', `/proposals/${name}/adopt`), {
    status: 200,
    body: { unapproved: [{ team: 'storefront', required: true, state: 'waiting' }] },
  })
  t.match(await compare('publish:shop/platform read:shop'), { status: 409, body: { code: 'PROPOSAL_CLOSED' } })
  t.match(await ask(reads, 'GET', `/proposals/${name}`), {
    body: { state: 'adopted', adopted: 6, head: { revision: 6, moved: false } },
  })
  t.match(
    await ask('review:shop/* read:shop', 'POST', `/proposals/${name}/approvals`, {
      team: 'storefront',
      state: 'approved',
    }),
    { status: 409, body: { code: 'PROPOSAL_CLOSED' } },
  )
})

t.test('where a workspace asks for approvals, what concerns others waits for theirs', async (t) => {
  await ask(admin, 'PUT', '', `${workspace}review: { required: owners }\n`)
  const put = (team: string, files: object, query = '') =>
    ask(`admin:shop publish:shop/${team}`, 'PUT', `/teams/${team}/fragments${query}`, { files })
  t.match(await put('payments', { 'payments/ledger.cue': 'package payments\n\nservices: ledger: replicas: <=5\n' }), {
    status: 201,
    body: { outcome: 'published' },
  })
  const held = await put('platform', platform('>=3'))
  t.match(held, {
    status: 409,
    body: {
      code: 'APPROVAL_MISSING',
      detail: /it concerns `payments` and `storefront` without approval; it is kept as proposal/,
      unapproved: [{ team: 'payments' }, { team: 'storefront' }],
    },
  })
  const name = String(memberIn(held.body, 'proposal'))
  const say = (team: string, state: string) =>
    ask(`review:shop/${team} read:shop`, 'POST', `/proposals/${name}/approvals`, { team, state, words: 'so be it' })
  const adopt = () => ask('publish:shop/platform', 'POST', `/proposals/${name}/adopt`)
  t.match(await say('payments', 'approved'), { body: { missing: ['storefront'] } })
  t.match(await say('storefront', 'objected'), { body: { missing: ['storefront'] } })
  t.match(await adopt(), {
    status: 409,
    body: { code: 'APPROVAL_MISSING', detail: /`storefront`, which objects, without/, proposal: name },
  })
  t.match(await ask(reads, 'GET', '/proposals?state=open'), { body: { items: [{ missing: ['storefront'] }] } })
  t.match(await say('storefront', 'approved'), { body: { missing: [] } })
  t.match(await adopt(), { status: 200, body: { outcome: 'published', unapproved: [], revision: { forced: false } } })
  t.match(await ask(reads, 'GET', `/proposals/${name}`), { body: { state: 'adopted', missing: [] } })
  t.match(
    await put('platform', platform('>=1'), '?force=true'),
    { status: 201, body: { outcome: 'published', revision: { forced: true } } },
    'who may do everything decides alone, and that is told',
  )
})

t.test('a proposal that an earlier version kept is told as one of today', async (t) => {
  const { items } = await stored.service.store.proposals.list('shop', { limit: 1 })
  const [newest] = items
  if (newest === undefined) throw new Error('there is no proposal')
  const { verdict, environments, summary, rules, approvals, faults } = newest.comparison
  const kept: KeptComparison = { verdict, environments, rules, approvals, faults }
  // As it was written then; what is kept is typed as of today.
  await stored.service.store.proposals.add({ ...newest, proposal: 'earlier', comparison: kept as Comparison })
  t.match(await ask(reads, 'GET', '/proposals/earlier'), {
    status: 200,
    body: { comparison: { notes: [], summary, exemptions: { added: [], widened: [] } } },
  })
  t.match(await ask(reads, 'GET', '/proposals?limit=1'), { body: { items: [{ proposal: 'earlier' }] } })
})

t.test(
  'where the team itself has published since, the proposal is compared with that before it is adopted',
  async (t) => {
    const { body } = await ask('publish:shop/platform read:shop', 'POST', '/proposals', {
      team: 'platform',
      files: platform('>=4'),
    })
    const path = `/proposals/${String(memberIn(body, 'proposal'))}`
    await ask(admin, 'PUT', '', workspace)
    await ask(admin, 'PUT', '/teams/platform/fragments', { files: platform('>=3') })
    const adopt = () => ask('publish:shop/platform', 'POST', `${path}/adopt`)
    t.match(await adopt(), { status: 409, body: { code: 'PROPOSAL_CLOSED', detail: /compare it anew/ } })
    const compared = await ask('publish:shop/platform read:shop', 'POST', `${path}/compare`)
    const proposed = createHash('sha256')
      .update(Object.values(platform('>=4')).join(''))
      .digest('hex')
    t.match(compared.body, { comparison: { environments: [{ changes: [{ conjuncts: [{ digest: proposed }] }] }] } })
    t.match(
      await ask(reads, 'GET', `/files/${proposed}?around=3`),
      { status: 200, body: { file: 'platform/services.cue', lines: [{}, {}, { text: />=4/ }] } },
      'lines of what is not in force yet',
    )
    t.match(compared, {
      status: 200,
      body: { comparison: { environments: [{ changes: [{ before: />=3/, after: />=4/ }] }] } },
    })
    t.match(await adopt(), { status: 200, body: { outcome: 'published' } })
  },
)
