import t from 'tap'
import type { Change } from '../../src/model/review.ts'
import type { Team } from '../../src/model/workspace.ts'
import { approvals } from '../../src/review/approvals.ts'

const teams: Readonly<Record<string, Team>> = {
  platform: { fragments: [], owns: ['services'], contact: '#platform' },
  payments: { fragments: [], owns: ['services.checkout', 'services.ledger'] },
  security: { fragments: [], constrains: ['services.*.image'] },
}
const nothing = { added: [], widened: [] }

function change(at: string, path: readonly string[]): Change {
  return { at, path, change: 'tighter', side: 'head', conjuncts: [], teams: [] }
}

function teamsOf(at: string, path: readonly string[], after = teams): readonly string[] {
  return approvals(teams, after, { changes: [change(at, path)], exemptions: nothing }).map(({ team }) => team)
}

t.test('who owns the most specific path must agree', async (t) => {
  const changes = [
    change('services.checkout.port', ['services', 'checkout', 'port']),
    change('services.web', ['services', 'web']),
  ]
  t.same(approvals(teams, teams, { changes, exemptions: nothing }), [
    { team: 'payments', paths: ['services.checkout.port'] },
    { team: 'platform', contact: '#platform', paths: ['services.web'] },
  ])
  t.same(teamsOf('other', ['other']), [])
})

t.test('a pattern touches every path that it may mean', async (t) => {
  t.same(teamsOf('services.[string].image', ['services', '[]', 'image']), ['payments', 'platform'])
  t.same(teamsOf('services.[=~"^check"].image', ['services', '[]', 'image']), ['payments', 'platform'])
  t.same(teamsOf('services.[=~"^web$"].image', ['services', '[]', 'image']), ['platform'])
  t.same(teamsOf('services.[!~"^(checkout|ledger)$"].image', ['services', '[]', 'image']), ['platform'])
  t.same(
    teamsOf('services.[=~"(?i)^x$"].image', ['services', '[]', 'image']),
    ['payments', 'platform'],
    'not known here',
  )
  t.same(teamsOf('services', ['services']), ['payments', 'platform'], 'and all below')
  t.same(teamsOf('services."[x]".a', ['services', '[x]', 'a']), ['platform'], 'a label in brackets is a label')
})

t.test('owners before and after, and of what changes hands', async (t) => {
  const after = { ...teams, web: { fragments: [], owns: ['services.web'] } }
  t.same(teamsOf('services.web.port', ['services', 'web', 'port'], after), ['platform', 'web'])
  const touched = (now: Readonly<Record<string, Team>>): unknown =>
    approvals(teams, now, { changes: [], exemptions: nothing }).map(({ team, paths }) => [team, paths])
  t.same(touched(teams), [])
  t.same(touched(after), [
    ['platform', ['services.web']],
    ['web', ['services.web']],
  ])
  const wider: Readonly<Record<string, Team>> = {
    ...teams,
    security: { fragments: [], constrains: ['services.*.image', 'services.checkout.tls'] },
  }
  t.same(touched(wider), [['payments', ['services.checkout.tls']]], 'whose path another team may speak about now')
  const free: Readonly<Record<string, Team>> = { ...teams, security: { fragments: [] } }
  t.same(
    touched(free),
    [
      ['payments', ['']],
      ['platform', ['']],
    ],
    'everything',
  )
})

t.test('an exemption touches the paths that it is for', async (t) => {
  const exemption = { id: 'E', rule: '*', path: 'services.ledger.*', owner: 'web', reason: 'r', expires: '2026-01-01' }
  const exemptions = {
    added: [exemption],
    widened: [{ before: exemption, after: { ...exemption, path: 'services.*.tls' } }],
  }
  t.same(approvals(teams, teams, { changes: [], exemptions }), [
    { team: 'payments', paths: ['services.*.tls', 'services.ledger.*'] },
    { team: 'platform', contact: '#platform', paths: ['services.*.tls'] },
  ])
})
