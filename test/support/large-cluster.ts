type Made = Readonly<Record<string, unknown>>

const teams = [
  'orders',
  'payments',
  'search',
  'media',
  'identity',
  'billing',
  'edge',
  'mobile',
  'data',
  'mail',
] as const
const services = [
  'api',
  'worker',
  'cache',
  'web',
  'sync',
  'cron',
  'mailer',
  'gateway',
  'recommendation-service',
] as const

/**
 * What an API server would list of a cluster in use, 1,167 objects in 20 namespaces: the same each time. Every seventh Deployment has one replica, every
 * eleventh is on the network of its node, every thirteenth takes its image from elsewhere.
 */
export function largeCluster(): readonly Made[] {
  const namespaces = teams.flatMap((team, index) =>
    ['live', 'batch'].map((use, second) => ({
      name: `${team}-${use}`,
      team,
      first: (index * 2 + second) * services.length,
    })),
  )
  const nodes = Array.from({ length: 7 }, (_, index) =>
    object(
      'v1',
      'Node',
      { name: `node-${index}`, labels: { zone: `eu-${index % 3}` } },
      { spec: { unschedulable: false } },
    ),
  )
  return [...nodes, ...namespaces.flatMap(inNamespace)]
}

function inNamespace({ name: namespace, team, first }: { name: string; team: string; first: number }): readonly Made[] {
  const labels = { team, 'pod-security.kubernetes.io/enforce': 'baseline' }
  const some = (apiVersion: string, kind: string, names: readonly string[], rest: (name: string) => Made): Made[] =>
    names.map((name) => object(apiVersion, kind, { name, namespace, labels: { app: name, team } }, rest(name)))
  const [api, worker, cache] = services
  return [
    object('v1', 'Namespace', { name: namespace, labels }, {}),
    ...services.flatMap((name, index) => workload(namespace, team, name, first + index)),
    ...some('v1', 'Service', services, (app) => ({
      spec: { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }] },
    })),
    ...some('v1', 'ConfigMap', services, (app) => ({
      data: { LOG_LEVEL: 'info', NAME: app, 'app.yaml': 'workers: 4\n' },
    })),
    ...some('v1', 'ServiceAccount', [api, worker, cache], () => ({ automountServiceAccountToken: false })),
    ...some('policy/v1', 'PodDisruptionBudget', [api, worker, cache], (app) => ({
      spec: { minAvailable: 1, selector: { matchLabels: { app } } },
    })),
    ...some('networking.k8s.io/v1', 'Ingress', [api, 'web'], (name) => ({
      spec: {
        rules: [
          {
            host: `${name}.${namespace}.example`,
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }],
            },
          },
        ],
      },
    })),
    ...some('networking.k8s.io/v1', 'NetworkPolicy', ['default'], () => ({
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    })),
    ...some('v1', 'Secret', [api, worker, cache], () => ({ type: 'Opaque', data: { password: 'bm90IHRoaXM=' } })),
  ]
}

/** A Deployment and its two pods. */
function workload(namespace: string, team: string, app: string, number: number): readonly Made[] {
  const labels = { app, team }
  const spec = podSpec(team, app, number)
  const replicas = number % 7 === 0 ? 1 : 2
  const pods = ['7d4b9-x2k4q', '7d4b9-zz8lm'].map((end) =>
    object(
      'v1',
      'Pod',
      { name: `${app}-${end}`, namespace, labels },
      { spec: { ...spec, nodeName: `node-${number % 7}` } },
    ),
  )
  return [
    object(
      'apps/v1',
      'Deployment',
      { name: app, namespace, labels },
      { spec: { replicas, selector: { matchLabels: { app } }, template: { metadata: { labels }, spec } } },
    ),
    ...pods,
  ]
}

function podSpec(team: string, app: string, number: number): Made {
  const registry = number % 13 === 0 ? 'docker.io' : 'registry.cluster.example'
  const probe = { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 10 }
  return {
    serviceAccountName: 'api',
    ...(number % 11 === 0 ? { hostNetwork: true } : {}),
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'main',
        image: `${registry}/${team}/${app}:1.${number}.0`,
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: [
          { name: 'TEAM', value: team },
          { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: app, key: 'LOG_LEVEL' } } },
        ],
        readinessProbe: probe,
        livenessProbe: probe,
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  }
}

function object(apiVersion: string, kind: string, metadata: Made, rest: Made): Made {
  return { apiVersion, kind, metadata, ...rest }
}
