import type { Workspace } from './services.ts'

const policy = `package policy

#Deployment: {
	apiVersion!: "apps/v1"
	kind!:       "Deployment"
	metadata!: {
		name!: string
		labels!: {
			app!:   !=""
			team!:  !=""
			owner!: !=""
			env!:   "dev" | "staging" | "prod"
			...
		}
		...
	}
	spec!: {
		replicas!: int & >=2 & <=10
		template!: {
			spec!: {
				securityContext!: {runAsNonRoot!: true, ...}
				containers!: [...#Container]
				...
			}
			...
		}
		...
	}
	...
}
#Container: {
	image!: =~"^registry\\\\.example/" & =~":[^:/]+$" & !~":latest$"
	ports?: [...{containerPort!: >=1024 & <=65535, ...}]
	resources!: {
		requests!: {cpu!: _, memory!: _, ...}
		limits!: {cpu!: _, memory!: _, ...}
		...
	}
	securityContext!: {allowPrivilegeEscalation!: false, ...}
	livenessProbe!: {...}
	readinessProbe!: {...}
	...
}
deployments: [string]: #Deployment
`

const teams = ['payments', 'search', 'identity', 'billing', 'media', 'data', 'edge', 'mobile'] as const

interface Container {
  image: string
  ports: { containerPort: number }[]
  resources: { limits: { cpu: string; memory?: string }; requests: { cpu: string; memory: string } }
  securityContext: { allowPrivilegeEscalation: boolean }
  readinessProbe?: object
  readonly [other: string]: unknown
}

function deployment(i: number) {
  const name = `app-${String(i).padStart(5, '0')}`
  const team = teams[i % teams.length] ?? ''
  const container: Container = {
    name: 'main',
    image: `registry.example/${team}/${name}:1.${i % 30}.${i % 7}`,
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

type Deployment = ReturnType<typeof deployment>

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

/** So many small documents against one policy; of every hundred, one breaks one rule. */
export function deploymentsWorkspace(count: number): Workspace {
  const documents = Array.from({ length: count }, (_, i) => deployment(i))
  const wrong = documents.filter((_, i) => i % 100 === 37)
  wrong.forEach((seen, i) => deviations[i % deviations.length]?.(seen))
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
      'policy/policy.cue': policy,
    },
    observed: { file: 'observed.json', text: JSON.stringify(state) },
    violations: wrong.length,
  }
}
