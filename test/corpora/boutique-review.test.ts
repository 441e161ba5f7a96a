import { existsSync, readFileSync, readdirSync } from 'node:fs'
import t from 'tap'
import type { Review } from '../../src/model/review.ts'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import type { Source } from '../../src/workspace/source.ts'
import { reviewer } from '../support/reviewing.ts'

const manifests = '../shared/corpora/online-boutique/kubernetes-manifests'
const skip = existsSync(manifests) ? false : `${manifests} is not here: real manifests were NOT reviewed`

/** The example's fragments over real manifests, whose images come from no registry, with edits. */
function workspace(edit: (name: string, text: string) => string): Source {
  const fragments = [
    'congruent.yaml',
    'platform/containers.cue',
    'sre/services.cue',
    'sre/availability.cue',
    'checkout/checkoutservice.cue',
    'checkout/dev/checkoutservice.cue',
  ]
  const files = fragments.map((name): [string, string] => [
    name,
    edit(name, readFileSync(`examples/boutique/${name}`, 'utf8')),
  ])
  const observed = readdirSync(manifests).map((name): [string, string] => [
    `k8s/${name}`,
    readFileSync(`${manifests}/${name}`, 'utf8'),
  ])
  return bundleSource('boutique', new Map([...files, ...observed].map(([name, text]) => [name, Buffer.from(text)])))
}

function base(name: string, text: string): string {
  if (name === 'congruent.yaml')
    return `${text}\nobservations: [{ files: ['k8s/*.yaml'], environment: prod, adapter: kubernetes, covers: kinds }]\n`
  return text
    .replace(String.raw`^registry\\.boutique\\.example/`, '^[a-z]+$')
    .replace('memory: "256Mi"', 'memory: "128Mi"')
}

/** A limit lowered, a rule deleted, a registry changed. */
function head(name: string, text: string): string {
  const edited = base(name, text).replace('^[a-z]+$', '^[b-z]+$').replace('memory: "128Mi"', 'memory: "64Mi"')
  return name === 'sre/availability.cue' ? edited.replace(/^namespaces: \[string\][^]*$/m, '') : edited
}

function hitIn({ environments }: Review, kind: 'new' | 'resolved'): readonly string[] {
  return environments.flatMap(({ findings }) =>
    findings[kind].map(
      ({ rule, path, observations: [seen] }) => `${rule.id} ${path[3] ?? ''} ${seen?.file ?? ''}:${seen?.line ?? ''}`,
    ),
  )
}

t.test(
  'three edits of policy name the services that they hit, by name and line',
  { skip, timeout: 120_000 },
  async (t) => {
    const congruent = reviewer(t)
    const { review } = await congruent.review({
      base: { source: workspace(base), ref: 'main' },
      head: { source: workspace(head), ref: 'change' },
    })
    t.equal(review.verdict, 'violates')
    t.strictSame(hitIn(review, 'new'), [
      'IMG-1 adservice k8s/adservice.yaml:46',
      'IMG-1 cartservice k8s/cartservice.yaml:46',
      'CHK-2 checkoutservice k8s/checkoutservice.yaml:75',
      'IMG-1 emailservice k8s/emailservice.yaml:46',
      'IMG-1 loadgenerator k8s/loadgenerator.yaml:80',
      'IMG-1 paymentservice k8s/paymentservice.yaml:46',
      'IMG-1 productcatalogservice k8s/productcatalogservice.yaml:46',
      'IMG-1 recommendationservice k8s/recommendationservice.yaml:46',
    ])
    t.strictSame(hitIn(review, 'resolved'), ['PROBE-1 loadgenerator k8s/loadgenerator.yaml:72'])
    t.match(review.rules.removed, [{ id: 'PROBE-1', team: 'sre' }])
    t.strictSame(
      review.approvals.map(({ team }) => team),
      ['checkout'],
    )
  },
)
