import type { Finding } from '../../model/finding.ts'
import { overlaps } from '../../model/path-pattern.ts'
import { formatPattern, type PathPattern } from '../../model/path.ts'
import type { Excused } from './excuse.ts'
import type { HeldExemption } from './held.ts'

/** An environment of which everything was observed and decided, as far as it ever is, and what is excused there. */
export type JudgedEnvironment = Pick<Excused, 'environment' | 'findings' | 'excuses'>

/**
 * What is wrong with how an exemption is used: it excuses nothing, or a `*` of it stands for one thing only, or it reaches everything and
 * excuses less. Said only where every environment that it is about was checked wholly, and nothing in its reach is undecided or in conflict.
 */
export function useFlaws(held: HeldExemption, judged: readonly JudgedEnvironment[]): readonly string[] {
  const { about, pattern, holds } = held
  if (!holds || pattern === undefined) return []
  const here = judged.filter(({ environment }) => about.includes(environment))
  if (about.length === 0 || here.length < about.length) return []
  const open = here.flatMap(({ findings }) =>
    findings.filter(({ outcome }) => outcome === 'undecided' || outcome === 'conflicts'),
  )
  if (open.some(({ path }) => overlaps(pattern, path))) return []
  const excused = here.flatMap(({ excuses }) => excuses.get(held) ?? [])
  // Lints are no findings of a check.
  if (excused.length === 0)
    return held.exemption.rule.startsWith('congruent:lint/') ? [] : ['it excuses nothing: remove it']
  return widths(held, excused)
}

function widths({ exemption, pattern = [] }: HeldExemption, excused: readonly Finding[]): readonly string[] {
  const [rule, other] = new Set(excused.map(({ rule }) => rule.id))
  const narrower = narrowed(pattern, excused)
  return [
    ...(exemption.rule.includes('*') && rule !== undefined && other === undefined && rule !== exemption.rule
      ? [`it is wider than needed: of \`${exemption.rule}\` it excuses \`${rule}\` alone, so name that`]
      : []),
    ...(narrower === undefined
      ? []
      : [`it is wider than needed: of ${reachOf(exemption.path)} it excuses \`${narrower}\` alone, so name that`]),
  ]
}

function reachOf(path: string): string {
  return path === '' ? 'the whole state' : `\`${path}\``
}

/** The pattern with labels for each `*` that stands for one only; of the whole state the one member that it is about. Undefined: it is as narrow as can be told. */
function narrowed(pattern: PathPattern, findings: readonly Finding[]): string | undefined {
  const wide: PathPattern = pattern.length === 0 ? [null] : pattern
  const labels = wide.map((label, index) => label ?? onlyLabel(findings, index) ?? null)
  return labels.some((label, index) => label !== wide[index]) ? formatPattern(labels) : undefined
}

function onlyLabel(findings: readonly Finding[], index: number): string | undefined {
  const [label, other] = new Set(findings.map(({ path }) => path[index]))
  return other === undefined ? label : undefined
}
