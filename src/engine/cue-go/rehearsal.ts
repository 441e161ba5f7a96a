import type { Request } from '../protocol.ts'

const constraints = `package a

#Service: {replicas: *1 | >=1 & <=10, image: =~"^reg/", owner?: string}
services: [string]: #Service
services: web: replicas: >=2
`

/**
 * A small check in which something is broken, missing, refused and left to its default. WebAssembly is compiled function
 * by function on first use: a worker that has time before its first request spends it on this.
 */
export const rehearsal: Request = {
  op: 'check',
  drift: true,
  fragments: {
    files: [{ name: 'a/a.cue', text: constraints, team: 'a' }],
    parts: [
      { kind: 'package', team: 'a', dir: 'a' },
      { kind: 'data', team: 'b', file: 'b.json', json: '{"services":{"web":{"image":"reg/web"}}}' },
    ],
    tags: {},
    limits: [],
  },
  observed: {
    state: '{"services":{"web":{"replicas":50,"port":80},"api":{"replicas":2,"image":"api"}}}',
    coverage: [{ path: [], status: 'covered' }],
    contested: [],
    masked: [],
  },
}
