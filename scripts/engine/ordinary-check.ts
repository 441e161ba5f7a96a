import type { Request } from '../../src/engine/protocol.ts'

const constraints = `package policy

#Document: {
	apiVersion!: "apps/v1"
	kind!:       "Deployment" | "StatefulSet"
	metadata!: {
		name!: string
		labels!: {
			team!: !=""
			env!:  "dev" | "staging" | "prod"
			...
		}
		...
	}
	spec!: {
		replicas!: int & >=2 & <=10
		containers!: [...#Container]
		...
	}
	...
}
#Container: {
	image!: =~"^registry\\\\.example/" & =~":[^:/]+$" & !~":latest$"
	ports?: [...{port!: >=1024 & <=65535, ...}]
	limits!: {memory!: _, ...}
	privileged?: false
	...
}
documents: [string]: #Document
`

const document = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { team: 'shop', env: 'prod' } },
  spec: {
    replicas: 3,
    containers: [
      { image: 'registry.example/shop/web:1.2', ports: [{ port: 8080 }], limits: { memory: '1Gi' }, privileged: false },
    ],
  },
}

/** A small document that conforms to constraints of the usual kinds: what most processes that are started once ask. */
export const ordinaryCheck: Request = {
  op: 'check',
  drift: true,
  fragments: {
    files: [{ name: 'policy/policy.cue', text: constraints, team: 'policy' }],
    parts: [{ kind: 'package', team: 'policy', dir: 'policy' }],
    tags: {},
    limits: [],
  },
  observed: {
    state: JSON.stringify({ documents: { web: document } }),
    coverage: [{ path: [], status: 'covered' }],
    contested: [],
    masked: [],
  },
}
