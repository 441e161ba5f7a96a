/** A workspace that three teams contribute to, with what was observed: its files by name. */
export interface Workspace {
  readonly files: Readonly<Record<string, string>>
  readonly folders: readonly string[]
  /** The observed state, and the file it stands in. */
  readonly observed: { readonly file: string; readonly text: string }
  /** How many constraints it breaks. */
  readonly violations: number
}

/** Services of three teams, and the names of those that were observed to deviate. */
export interface Services extends Workspace {
  readonly deviating: readonly string[]
}

const platform = `package services

#Service: {
	name:     string & =~"^[a-z0-9-]{1,63}$"
	replicas: int & >=1 & <=20
	image:    string
	port:     int & >=1024 & <=65535
	labels: {
		team:     string
		tier:     "web" | "worker" | "batch"
		[string]: string
	}
	resources: {
		cpuMilli:  int & >=50 & <=8000
		memoryMiB: int & >=64 & <=32768
	}
	probe: path: string | *"/healthz"
	...
}
services: [N=string]: #Service & {name: N}
`

const security = `package services

services: [string]: {
	image:    =~"^registry\\\\.example/[a-z0-9/-]+:[0-9]+\\\\.[0-9]+$"
	replicas: >=2
	securityContext: {
		runAsNonRoot:           true
		readOnlyRootFilesystem: bool | *true
		dropCapabilities: *["ALL"] | [...string]
	}
}
`

const teams = ['payments', 'search', 'identity', 'billing', 'media', 'data', 'edge', 'mobile'] as const
const tiers = ['web', 'worker', 'batch'] as const

function service(i: number) {
  const team = teams[i % teams.length] ?? ''
  return {
    name: `svc-${String(i).padStart(5, '0')}`,
    replicas: 2 + ((i * 7) % 10),
    image: `registry.example/${team}/svc-${i}:1.${(i * 13) % 30}`,
    port: 8000 + ((i * 31) % 1000),
    labels: { team, tier: tiers[i % tiers.length] ?? '' },
    resources: { cpuMilli: 100 + 50 * ((i * 3) % 20), memoryMiB: 128 * 2 ** (i % 5) },
  }
}

function asCue({ name, replicas, image, port, labels, resources }: ReturnType<typeof service>): string {
  return `services: "${name}": {
	replicas: ${replicas}
	image:    "${image}"
	port:     ${port}
	labels: team: "${labels.team}"
	labels: tier: "${labels.tier}"
	resources: {cpuMilli: ${resources.cpuMilli}, memoryMiB: ${resources.memoryMiB}}
}
`
}

/** So many services, of which five were observed with one field that is not what their owners say. */
export function servicesWorkspace(count: number): Services {
  const services = Array.from({ length: count }, (_, i) => service(i))
  const deviations: readonly ((seen: ReturnType<typeof observedService>) => void)[] = [
    (seen) => (seen.replicas += 1),
    (seen) => (seen.image += '9'),
    (seen) => (seen.port += 7),
    (seen) => (seen.labels.tier = seen.labels.tier === 'web' ? 'batch' : 'web'),
    (seen) => (seen.securityContext.runAsNonRoot = false),
  ]
  const observed = services.map(observedService)
  const deviating = deviations.flatMap((deviate, i) => {
    const seen = observed[Math.floor(((i + 0.5) * count) / deviations.length)]
    if (seen === undefined) return []
    deviate(seen)
    return [seen.name]
  })
  const state = { services: Object.fromEntries(observed.map((seen) => [seen.name, seen])) }
  return {
    folders: ['platform', 'security', 'owners'],
    files: {
      'congruent.yaml': `workspace: services
teams:
  platform: { fragments: [./platform] }
  security: { fragments: [./security] }
  owners: { fragments: [./owners] }
observations:
  - { files: [observed.json] }
`,
      'platform/platform.cue': platform,
      'security/security.cue': security,
      'owners/owners.cue': `package services\n\n${services.map(asCue).join('')}`,
    },
    observed: { file: 'observed.json', text: JSON.stringify(state, undefined, 1) },
    violations: deviating.length,
    deviating,
  }
}

function observedService(desired: ReturnType<typeof service>) {
  return {
    ...desired,
    labels: { ...desired.labels },
    probe: { path: '/healthz' },
    securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, dropCapabilities: ['ALL'] },
  }
}
