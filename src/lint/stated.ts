import { matchesRule } from '../check/severity.ts'
import { formatLabel, type PathPattern } from '../model/path.ts'
import { overlaps } from '../model/path-pattern.ts'
import type { LintedEnvironment } from './linted.ts'

/** Whether a glob fits the id of any rule that a finding of the environment can have. Ids of the tool's own rules always count. */
export function statesRule({ rules, fragments: { parts } }: LintedEnvironment, glob: string): boolean {
  if (glob.startsWith('congruent:')) return true
  if (rules.some(({ id }) => matchesRule(glob, id))) return true
  // Which ids the keywords of a schema and the data of a script have, only the engine knows.
  return parts.some(
    (part) =>
      ((part.kind === 'schema' || part.kind === 'starlark') && mayBegin(glob, `${part.team}:`)) ||
      (part.kind === 'data' &&
        mayBegin(glob, `${part.team}:`) &&
        labelPaths(JSON.parse(part.json)).some((path) => matchesRule(glob, `${part.team}:${path}`))),
  )
}

/** Whether any fragment of the environment says something at, above or below what a pattern reaches. */
export function statesPath({ paths, fragments: { parts } }: LintedEnvironment, pattern: PathPattern): boolean {
  return (
    paths.some(({ path, open = false }) => (path.length >= pattern.length || open) && overlaps(path, pattern)) ||
    parts.some((part) => (part.kind === 'schema' || part.kind === 'starlark') && overlaps(part.at ?? [], pattern)) ||
    parts.some((part) => part.kind === 'data' && holds(JSON.parse(part.json), pattern))
  )
}

/** Whether any fragment may read `#observed`, so that what is observed anywhere may play a part. */
export function readsObserved({ fragments: { files } }: LintedEnvironment): boolean {
  return files.some(({ text }) => text.includes('#observed'))
}

/** Whether texts that a glob fits may begin so: the shorter of its fixed beginning and the prefix begins the other. */
function mayBegin(glob: string, prefix: string): boolean {
  const [fixed = ''] = glob.split('*')
  return fixed.startsWith(prefix) || (glob.includes('*') && prefix.startsWith(fixed))
}

/** The label path of every value in data, as ids of rules have it. */
function labelPaths(data: unknown): readonly string[] {
  const paths: string[] = []
  const stack: { readonly value: unknown; readonly path: string }[] = [{ value: data, path: '' }]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, path } = next
    paths.push(path)
    const below = (label: string): string => (path === '' ? label : `${path}.${label}`)
    if (Array.isArray(value)) stack.push(...value.map((element: unknown) => ({ value: element, path: below('[]') })))
    else if (typeof value === 'object' && value !== null)
      stack.push(...Object.entries(value).map(([key, member]) => ({ value: member, path: below(formatLabel(key)) })))
  }
  return paths
}

/** Whether data has something at a pattern. */
function holds(data: unknown, pattern: PathPattern): boolean {
  let values: readonly unknown[] = [data]
  for (const label of pattern) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return []
      if (label === null) return Object.values(value)
      return Object.hasOwn(value, label) ? [Reflect.get(value, label)] : []
    })
  }
  return values.length > 0
}
