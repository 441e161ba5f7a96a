import t from 'tap'
import type { Finding } from '../../src/model/finding.ts'
import type { Change } from '../../src/model/review.ts'
import { withReach } from '../../src/review/change-reach.ts'

const observed = {
  services: {
    web: { replicas: 2, ports: [{ name: 'http' }, { name: 'https' }] },
    api: { replicas: 3 },
    'job-a': {},
  },
}

function change(at: string, path: readonly string[], line = 1): Change {
  const conjuncts = [{ team: 'sre', file: 'sre/a.cue', line, column: 1 }]
  return { at, path, change: 'tighter', side: 'head', conjuncts, teams: ['sre'] }
}

function finding(path: readonly string[], line?: number): Finding {
  const conjuncts = line === undefined ? [] : [{ team: 'sre', file: 'sre/a.cue', line, column: 9 }]
  return {
    fingerprint: path.join('/'),
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1' },
    path,
    at: path.join('.'),
    message: 'no',
    conjuncts,
    observations: [],
    teams: ['sre'],
  }
}

function reachOf(changes: readonly Change[], news: readonly Finding[] = []): unknown {
  return withReach(changes, observed, news).map(({ matches, hits }) => [matches, hits])
}

t.test('places that a path means, and those where something is newly found', async (t) => {
  const replicas = change('services.[].replicas', ['services', '[]', 'replicas'])
  t.same(reachOf([replicas]), [[2, 0]])
  t.same(reachOf([replicas], [finding(['services', 'web', 'replicas'])]), [[2, 1]])
  t.same(reachOf([replicas], [finding(['services', 'job-a', 'replicas'])]), [[3, 1]], 'what is missing is a place too')
  t.same(reachOf([change('', [])]), [[1, 0]])
  t.same(reachOf([change('services.none', ['services', 'none'])]), [[0, 0]])
  t.same(reachOf([change('services.web', ['services', 'web'])], [finding(['services', 'web', 'ports', '0'])]), [[1, 1]])
  t.same(reachOf([change('services.web.ports[].name', ['services', 'web', 'ports', '[]', 'name'])]), [[2, 0]])
  t.same(reachOf([change('services.web.ports[1].name', ['services', 'web', 'ports', '1', 'name'])]), [[1, 0]])
})

t.test('patterns that are understood, and those that are not', async (t) => {
  const path = ['services', '[]']
  t.same(reachOf([change('services.[string]', path)]), [[3, 0]])
  t.same(reachOf([change('services.[=~"^job-"]', path)]), [[1, 0]])
  t.same(reachOf([change('services.[!~"^job-"]', path)]), [[2, 0]])
  t.same(reachOf([change('services.[>"a"]', path)]), [[undefined, undefined]], 'no number rather than a wrong one')
  t.same(reachOf([change('#Service.replicas', ['#Service', 'replicas'])]), [[undefined, undefined]], 'never observed')
  t.same(reachOf([change('services."_a"', ['services', '_a'])]), [[0, 0]], 'a label like any other')
})

t.test('a finding is put down to the change whose line it names, where one does', async (t) => {
  const both = [
    change('services.[].replicas', ['services', '[]', 'replicas'], 4),
    change('services.web.replicas', ['services', 'web', 'replicas'], 7),
  ]
  const path = ['services', 'web', 'replicas']
  t.same(reachOf(both, [finding(path, 7)]), [
    [2, 0],
    [1, 1],
  ])
  t.same(reachOf(both, [finding(path)]), [
    [2, 1],
    [1, 1],
  ])
  t.same(reachOf(both, [finding(path, 4), finding(path, 4)]), [
    [2, 1],
    [1, 0],
  ])
})
