import type { JobKind, Jobs } from './queue.ts'

type Shape<Job> = { readonly [Field in keyof Job]: Job[Field] extends number ? 'number' : 'string' }

/** The fields of each kind of job, in the order in which they name it. */
const shapes: { readonly [K in JobKind]: Shape<Jobs[K]> } = {
  check: { workspace: 'string', environment: 'string' },
  part: { workspace: 'string', environment: 'string', wanted: 'number', share: 'number', of: 'number' },
  webhook: { workspace: 'string', webhook: 'string', event: 'number' },
}

/** Whether data that was kept is a job of a kind as this version knows it; another version's may not be. */
export function isJob<K extends JobKind>(kind: K, data: unknown): data is Jobs[K] {
  if (typeof data !== 'object' || data === null) return false
  const members = new Map<string, unknown>(Object.entries(data))
  return Object.entries(shapes[kind]).every(([field, type]) => typeof members.get(field) === type)
}

/** The same for jobs that say the same. */
export function keyOf<K extends JobKind>(kind: K, job: Jobs[K]): string {
  const members = new Map<string, unknown>(Object.entries(job))
  return JSON.stringify(Object.keys(shapes[kind]).map((field) => members.get(field)))
}
