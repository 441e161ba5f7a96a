import { rules } from './rules/policies.ts'
import type { Workspace } from './services.ts'

const teams = ['payments', 'search', 'identity', 'billing', 'media', 'data', 'edge', 'mobile'] as const

interface Container {
  image: string
  ports: { containerPort: number }[]
  resources: { limits: { cpu: string; memory?: string }; requests: { cpu: string; memory: string } }
  securityContext: { allowPrivilegeEscalation: boolean }
  readinessProbe?: object
  readonly [other: string]: unknown
}

function deployment(i: number, edition: number) {
  const name = `app-${String(i).padStart(5, '0')}`
  const team = teams[i % teams.length] ?? ''
  const container: Container = {
    name: 'main',
    image: `registry.example/${team}/${name}:1.${i % 30}.${edition}`,
    ports: [{ containerPort: 8000 + (i % 1000) }],
    resources: {
      requests: { cpu: `${100 + (i % 9) * 100}m`, memory: '128Mi' },
      limits: { cpu: '2', memory: '512Mi' },
    },
    securityContext: { allowPrivilegeEscalation: false },
    livenessProbe: { httpGet: { path: '/healthz', port: 8080 } },
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'TEAM', value: team },
    ],
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: team,
      labels: { app: name, team, owner: `${team}@example`, env: ['dev', 'staging', 'prod'][i % 3] ?? '' },
    },
    spec: {
      replicas: 2 + (i % 9),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, team } },
        spec: { securityContext: { runAsNonRoot: true }, containers: [container] },
      },
    },
  }
}

/** A Deployment as small as one usually is. */
export type Deployment = ReturnType<typeof deployment>

/** Each breaks one rule of the policy. */
const deviations: readonly ((seen: Deployment) => void)[] = [
  (seen) => (seen.metadata.labels.owner = ''),
  (seen) => (seen.metadata.labels.env = 'qa'),
  (seen) => (seen.spec.replicas = 99),
  (seen) => (seen.spec.template.spec.securityContext.runAsNonRoot = false),
  (seen) => onContainer(seen, (container) => (container.image = container.image.replace('registry.example', 'other'))),
  (seen) => onContainer(seen, (container) => (container.image = container.image.replace(/:.*/, ':latest'))),
  (seen) => onContainer(seen, (container) => (container.ports = [{ containerPort: 80 }])),
  (seen) => onContainer(seen, (container) => delete container.resources.limits.memory),
  (seen) => onContainer(seen, (container) => (container.securityContext.allowPrivilegeEscalation = true)),
  (seen) => onContainer(seen, (container) => delete container.readinessProbe),
]

function onContainer(seen: Deployment, deviate: (container: Container) => void): void {
  seen.spec.template.spec.containers.forEach(deviate)
}

/** Documents, and the names of those that are wrong. */
export interface Deployments {
  readonly documents: readonly Deployment[]
  readonly wrong: ReadonlySet<string>
}

/** So many small documents; of every hundred, one breaks one rule. No document of one edition is also in another. */
export function deployments(count: number, edition = 0): Deployments {
  const documents = Array.from({ length: count }, (_, i) => deployment(i, edition))
  const wrong = documents.filter((_, i) => i % 100 === 37)
  wrong.forEach((seen, i) => deviations[i % deviations.length]?.(seen))
  return { documents, wrong: new Set(wrong.map(({ metadata }) => metadata.name)) }
}

/** Such documents as one map, in a workspace with the policy. */
export function deploymentsWorkspace(count: number): Workspace {
  const { documents, wrong } = deployments(count)
  const state = { deployments: Object.fromEntries(documents.map((seen) => [seen.metadata.name, seen])) }
  return {
    folders: ['policy'],
    files: {
      'congruent.yaml': `workspace: deployments
teams:
  policy: { fragments: [./policy] }
observations:
  - { files: [observed.json] }
`,
      'policy/policy.cue': `${rules('deployment.cue')}\ndeployments: [string]: #Deployment\n`,
    },
    observed: { file: 'observed.json', text: JSON.stringify(state) },
    violations: wrong.size,
  }
}
