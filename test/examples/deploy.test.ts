import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { createCongruent, createCueGo, folderSource, type Finding } from '../../src/index.ts'

// The manifests of deploy/ are held to the constraints beside them; that these hold anything shows by manifests that are worse.

const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
t.teardown(() => congruent.close())

const folder = 'deploy/kubernetes'
const names = readdirSync(folder).toSorted()

async function findings(file?: string, before?: string | RegExp, after = ''): Promise<readonly Finding[]> {
  const source = folderSource('deploy')
  const files = names.map((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8')
    const changed = name === file && before !== undefined ? text.replace(before, after) : text
    if (name === file) t.not(changed, text, `${file} says ${before}`)
    return { name: `kubernetes/${name}`, read: async () => ({ ok: true, bytes: Buffer.from(changed) }) as const }
  })
  const { report } = await congruent.check({ source, files })
  return report.findings
}

t.test('what we ship conforms', async (t) => {
  t.strictSame(await findings(), [])
})

const worse: readonly (readonly [file: string, before: string | RegExp, after: string, at: RegExp])[] = [
  ['serve.yaml', 'replicas: 2', 'replicas: 1', /congruent\.spec\.replicas|minAvailable/],
  ['serve.yaml', 'image: congruent:0.1.0', 'image: congruent:latest', /containers\.congruent\.image/],
  ['serve.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false', /securityContext\.runAsNonRoot/],
  ['serve.yaml', 'seccompProfile: { type: RuntimeDefault }', '', /seccompProfile/],
  ['serve.yaml', 'readOnlyRootFilesystem: true', '', /readOnlyRootFilesystem/],
  ['serve.yaml', 'path: /readyz', 'path: /', /readinessProbe/],
  ['serve.yaml', / {10}livenessProbe:[^]*?(?= {10}readinessProbe)/, '', /livenessProbe/],
  ['serve.yaml', 'limits: { memory: 2Gi, ephemeral-storage: 256Mi }', '', /limits/],
  ['serve.yaml', 'automountServiceAccountToken: false', '', /automountServiceAccountToken/],
  ['serve.yaml', 'secret: { secretName: congruent-tls, defaultMode: 288 }', 'hostPath: { path: /etc }', /hostPath/],
  ['work.yaml', /valueFrom: .*/, 'value: postgres://congruent:hunter2@db/congruent', /env\.CONGRUENT_DATABASE/],
  ['budget.yaml', 'minAvailable: 1', 'minAvailable: 2', /PodDisruptionBudget/],
  ['budget.yaml', 'name: congruent-work', 'name: other', /PodDisruptionBudget/],
  ['network.yaml', 'name: congruent-work', 'name: other', /NetworkPolicy/],
  ['namespace.yaml', 'enforce: restricted', 'enforce: privileged', /pod-security/],
]

t.test('what is worse does not', async (t) => {
  for (const [file, before, after, at] of worse) {
    const found = await findings(file, before, after)
    t.ok(
      found.some((finding) => at.test(finding.at) && finding.outcome === 'violates'),
      `${file}: ${before} → ${found.map((finding) => finding.at).join(', ')}`,
    )
  }
})

t.test('the image of the manifests and of compose is that of this version', async (t) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const image = `congruent:${version}`
  for (const file of ['compose.yaml', `${folder}/serve.yaml`, `${folder}/work.yaml`])
    t.match(readFileSync(file, 'utf8'), `image: ${image}\n`, file)
})

t.test('compose starts a database, two servers and a worker, each with nothing to spare', async (t) => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true })
  t.strictSame(Object.keys(services).toSorted(), ['postgres', 'serve-1', 'serve-2', 'work'])
  for (const name of ['serve-1', 'serve-2', 'work'])
    t.match(services[name], {
      read_only: true,
      cap_drop: ['ALL'],
      depends_on: { postgres: { condition: 'service_healthy' } },
    })
  for (const name of ['postgres', 'serve-1', 'serve-2']) t.ok(services[name].healthcheck.test.length > 0, name)
})

t.test('the image runs without a shell, as nobody', async (t) => {
  const stages = readFileSync('Dockerfile', 'utf8').split(/^(?=FROM )/m)
  const last = stages.at(-1) ?? ''
  t.match(last, /^FROM \S*distroless\S*:nonroot$/m)
  t.notMatch(last, /^RUN |^(?:CMD|ENTRYPOINT) [^[]/m, 'nothing that needs a shell')
})
