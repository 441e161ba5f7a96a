import { cutText } from '../../model/cut-text.ts'
import type { Finding } from '../../model/finding.ts'
import type { Workspace } from '../../model/workspace.ts'
import type { ExemptionProblem } from '../../workspace/read-exemptions.ts'
import { fingerprints } from '../fingerprint.ts'
import { outcomeOf } from '../outcome.ts'
import { severityOf, type Entry } from '../severity.ts'
import type { Excused } from './excuse.ts'
import type { HeldExemption } from './held.ts'

/** What the findings about exemptions of one environment are made from. */
export interface ExemptionFindingsInput {
  readonly excused: Pick<Excused, 'environment' | 'conflicts'>
  readonly held: readonly HeldExemption[]
  /** What of their files cannot be read. */
  readonly problems: readonly ExemptionProblem[]
  /** What is wrong with how an exemption is used. */
  readonly useFlaws: (held: HeldExemption) => readonly string[]
  readonly workspace: Pick<Workspace, 'rules'>
  readonly entry: Entry
}

const rule = { id: 'congruent:exemption' }
const kind = 'exemption'

/** What is wrong with the exemptions that an environment is about, each with all its flaws in one finding, and with their files. A warning, unless `rules` say otherwise. */
export function exemptionFindings(input: ExemptionFindingsInput): readonly Finding[] {
  const { excused, held, problems, workspace, entry } = input
  const { environment } = excused
  const outcome = outcomeOf(kind, 'fragments')
  const severity = severityOf(
    { kind, outcome, rule: { ...rule, severity: 'warning' } },
    { rules: workspace.rules ?? [], environment, entry },
  )
  if (severity === 'off') return []
  const fingerprintOf = fingerprints(undefined)
  const made = (
    { file, line = 1, team }: { readonly file: string; readonly line?: number; readonly team: string },
    message: string,
    /** Tells them apart. */
    own: string,
  ): Finding => ({
    fingerprint: fingerprintOf({ environment, kind, path: [], rule: rule.id, file: own }),
    environment,
    kind,
    outcome,
    severity,
    rule,
    path: [],
    at: '',
    message: cutText(message),
    conjuncts: [{ team, file, line, column: 1 }],
    observations: [],
    ...(team === '' ? {} : { owner: team }),
    teams: team === '' ? [] : [team],
  })
  const here = held.filter(({ about }) => about.includes(environment) || about.length === 0)
  return [
    ...here.flatMap((one) => {
      const { exemption } = one
      const flaws = [...one.flaws, ...conflictFlaws(excused.conflicts.get(one) ?? []), ...input.useFlaws(one)]
      if (flaws.length === 0) return []
      const message = `exemption \`${exemption.id}\`: ${flaws.join('; ')}`
      const own = one.copy === 0 ? exemption.id : `${exemption.id} ${one.copy}`
      return [made({ ...exemption, team: one.owner ?? '' }, message, own)]
    }),
    ...byFile(problems).map(([file, found]) => {
      const message = `\`${file}\` excuses nothing where it cannot be read: ${found.map(({ message }) => message).join('; ')}`
      return made({ file, ...(found[0]?.line === undefined ? {} : { line: found[0].line }), team: '' }, message, file)
    }),
  ]
}

/** That an exemption is about conflicts. */
export function conflictFlaws(conflicts: readonly Finding[]): readonly string[] {
  const places = conflicts.map(({ at }) => (at === '' ? 'the whole state' : `\`${at}\``))
  return places.length === 0
    ? []
    : [`the conflict at ${places.join(', ')} cannot be excused: without a desired state nothing can conform`]
}

function byFile(problems: readonly ExemptionProblem[]): readonly (readonly [string, readonly ExemptionProblem[]])[] {
  const files = new Map<string, ExemptionProblem[]>()
  for (const problem of problems) {
    const known = files.get(problem.file)
    if (known === undefined) files.set(problem.file, [problem])
    else known.push(problem)
  }
  return [...files]
}
