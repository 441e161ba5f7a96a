import type { Request } from '../protocol.ts'

const constraints = `package a

#Service: {replicas: *1 | >=1 & <=10, image: =~"^reg/", owner?: string}
services: [string]: #Service
`

/**
 * A small check with one finding. WebAssembly is compiled function by function on first use: a worker that has time
 * before its first request spends it on this. What only some checks need is left to them.
 */
export const rehearsal: Request = {
  op: 'check',
  drift: true,
  fragments: {
    files: [{ name: 'a/a.cue', text: constraints, team: 'a' }],
    parts: [{ kind: 'package', team: 'a', dir: 'a' }],
    tags: {},
    limits: [],
  },
  observed: {
    state: '{"services":{"web":{"replicas":50,"image":"reg/web"}}}',
    coverage: [{ path: [], status: 'covered' }],
    contested: [],
    masked: [],
  },
}
