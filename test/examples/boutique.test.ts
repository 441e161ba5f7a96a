import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import t from 'tap'
import { createCongruent, createCueGo, folderSource, type Finding, type Report } from '../../src/index.ts'

const corpora = '../shared/corpora'
const skip = existsSync(corpora) ? false : `${corpora} is not here: real manifests were NOT read`
const workspace = folderSource('examples/boutique')
const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
t.teardown(() => congruent.close())

async function check(names: readonly string[], partial = false): Promise<Report> {
  const files = names.map((name) => ({ name, read: async () => ({ ok: true, bytes: readFileSync(name) }) as const }))
  const { report } = await congruent.check({ source: workspace, environments: ['prod'], files, partial })
  return report
}

function manifests(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return names.toSorted().map((name) => `${folder}/${name}`)
}

/** `IMG-1 frontend.yaml:47 frontend.….containers.server.image`: the rule, the line of the observation, the place. */
function told({ rule, at, observations: [observation] }: Finding): string {
  const place = observation?.file === undefined ? '-' : `${basename(observation.file)}:${observation.line}`
  const inObject = at.replace(/^namespaces\.\w+\.(?:"[^"]*"|\w+)\./, '').replace('spec.template.spec', '…')
  return `${rule.id} ${place} ${inObject}`
}

t.test('the manifests of Online Boutique', { skip }, async (t) => {
  const files = manifests(`${corpora}/online-boutique/kubernetes-manifests`)
  const report = await check(files)
  t.equal(report.verdict, 'violates')
  t.strictSame(report.findings.map(told), [
    'IMG-1 adservice.yaml:46 adservice.….containers.server.image',
    'IMG-1 cartservice.yaml:46 cartservice.….containers.server.image',
    'CHK-1 checkoutservice.yaml:21 checkoutservice.spec.replicas',
    'IMG-1 checkoutservice.yaml:45 checkoutservice.….containers.server.image',
    'CHK-2 checkoutservice.yaml:75 checkoutservice.….containers.server.resources.limits.memory',
    'IMG-1 currencyservice.yaml:46 currencyservice.….containers.server.image',
    'IMG-1 emailservice.yaml:46 emailservice.….containers.server.image',
    'IMG-1 frontend.yaml:47 frontend.….containers.server.image',
    'IMG-1 loadgenerator.yaml:80 loadgenerator.….containers.main.image',
    'PROBE-1 loadgenerator.yaml:72 loadgenerator.….containers.main.readinessProbe',
    'IMG-1 loadgenerator.yaml:67 loadgenerator.….initContainers."frontend-check".image',
    'RES-1 loadgenerator.yaml:41 loadgenerator.….initContainers."frontend-check".resources',
    'IMG-1 paymentservice.yaml:46 paymentservice.….containers.server.image',
    'IMG-1 productcatalogservice.yaml:46 productcatalogservice.….containers.server.image',
    'IMG-1 recommendationservice.yaml:46 recommendationservice.….containers.server.image',
    'IMG-1 cartservice.yaml:118 "redis-cart".….containers.redis.image',
    'IMG-1 shippingservice.yaml:45 shippingservice.….containers.server.image',
  ])
  t.strictSame([report.summary.error, report.summary.warning], [16, 1], 'a missing probe is a warning')
  t.strictSame(report.summary.byTeam, { checkout: 3, platform: 14, sre: 1 })
  t.strictSame(
    report.findings.filter(({ owner }) => owner === 'checkout').map(({ rule }) => rule.id),
    ['CHK-1', 'IMG-1', 'CHK-2'],
    'a finding goes to the owner of the place, whoever made the rule',
  )
  t.match(report.notes, [{ code: 'object-skipped', file: /kustomization\.yaml$/ }])
  const shuffled = await check(files.toReversed())
  const facts = (findings: readonly Finding[]) =>
    findings.map(({ observations, ...finding }) => ({
      ...finding,
      places: observations.map(({ file, line }) => [file, line]),
    }))
  t.strictSame(facts(shuffled.findings), facts(report.findings), 'the order of files has no meaning')
})

t.test('an application with mistakes', async (t) => {
  const report = await check(['examples/boutique/reviews.yaml'], true)
  t.strictSame(report.findings.filter(({ outcome }) => outcome === 'violates').map(told), [
    'HA-1 reviews.yaml:8 reviews.spec.replicas',
    'IMG-1 reviews.yaml:23 reviews.….containers.proxy.image',
    'RES-1 reviews.yaml:25 reviews.….containers.proxy.resources.limits',
    'SVC-1 reviews.yaml:33 reviews.spec.selector',
  ])
  t.equal(report.verdict, 'violates')
})

t.test('kube-prometheus: complete, every finding about an object at its line', { skip }, async (t) => {
  const files = manifests(`${corpora}/kube-prometheus/manifests`)
  const report = await check(files)
  const lines = new Map(files.map((file) => [file, readFileSync(file, 'utf8').split('\n')]))
  const counts: Record<string, number> = {}
  for (const { rule } of report.findings) counts[rule.id] = (counts[rule.id] ?? 0) + 1
  t.strictSame(counts, {
    'IMG-1': 12,
    'PROBE-1': 8,
    'SVC-1': 3,
    'checkout:namespaces.default."Deployment.apps"': 1,
    'checkout:namespaces.default.Service': 1,
  })
  for (const { observations, at } of report.findings.filter(({ rule }) => rule.id === 'IMG-1')) {
    const [{ file = '', line = 0, value } = {}] = observations
    t.match(lines.get(file)?.[line - 1], `image: ${String(value)}`, at)
  }
  t.strictSame([report.notes, report.summary.byKind.unreadable, report.summary.byKind.incomplete], [[], 0, 0])
})
