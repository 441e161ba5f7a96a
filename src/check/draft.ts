import type { EngineConjunct, EngineFinding, Site } from '../engine/protocol.ts'
import { cutText } from '../model/cut-text.ts'
import type { Alternative, Conjunct, Kind, Observation, Outcome, Severity } from '../model/finding.ts'
import { comparePath } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Cut, CutProblem } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { outcomeOf } from './outcome.ts'

/** A finding on its way into a report: its places are known, but not yet what the workspace makes of it. */
export interface Draft {
  readonly kind: Kind
  readonly outcome: Outcome
  readonly path: Path
  readonly at: string
  readonly message: string
  readonly rule: { readonly id: string; readonly severity?: Severity; readonly title?: string; readonly docs?: string }
  readonly conjuncts: readonly Conjunct[]
  readonly observations: readonly Observation[]
  readonly alternatives: readonly Alternative[]
  readonly teams: readonly string[]
  /** Set where a finding is about a file of its own. */
  readonly file?: string
}

/** What an engine found, with the places of data parts led back to their files and the observed paths to what observers said. */
export function draftOfEngine(found: EngineFinding, fragments: FragmentSet, cut: Pick<Cut, 'observe'>): Draft {
  const conjuncts = placed(found.conjuncts, fragments)
  const alternatives = (found.alternatives ?? []).map(({ message, path, conjuncts }) => ({
    message: cutText(message),
    path,
    conjuncts: placed(conjuncts, fragments),
  }))
  const involved = [found, ...(found.alternatives ?? [])].flatMap(({ conjuncts }) => conjuncts.map(({ team }) => team))
  const file = found.conjuncts[0]?.site.file
  return {
    kind: found.kind,
    outcome: outcomeOf(found.kind, 'fragments'),
    path: found.path,
    at: found.at,
    message: cutText(found.message),
    rule: found.rule,
    conjuncts,
    observations: observedPaths(found).flatMap((path) => cut.observe(path)),
    alternatives,
    teams: [...involved, ...(found.teams ?? [])].filter((team) => team !== ''),
    ...(found.kind === 'unreadable' && file !== undefined ? { file } : {}),
  }
}

/** Where observers are asked what they saw: at the finding itself, unless it is of the fragments alone, and at what it reads beside. */
function observedPaths({ kind, path, at, reads }: EngineFinding): readonly Path[] {
  if (kind === 'conflict' || kind === 'breach' || kind === 'unreadable' || kind === 'lint') return reads
  const hidden = labelTexts(at).findIndex((label) => /^[_#]/.test(label))
  if (hidden === -1) return [path, ...reads.filter((read) => comparePath(read, path) !== 0)]
  return reads.length > 0 || hidden === 0 ? reads : [path.slice(0, hidden)]
}

/** Each label of a path as CUE writes it, so that the hidden field `_id` differs from the key `"_id"`. */
function labelTexts(at: string): readonly string[] {
  return at.match(/"(?:[^"\\]|\\.)*"|\[\d+\]|[^.[\]"]+/g) ?? []
}

const unreadableRule = { id: 'congruent:unreadable' }

/** A fragment that the host could not read: there is no desired state. */
export function draftOfFragment(unreadable: FragmentSet['unreadable'][number]): Draft {
  const { line, column } = unreadable.position ?? { line: 1, column: 1 }
  return {
    kind: 'unreadable',
    outcome: outcomeOf('unreadable', 'fragments'),
    path: [],
    at: '',
    message: cutText(unreadable.message),
    rule: unreadableRule,
    conjuncts: [{ team: unreadable.team, file: unreadable.file, line, column }],
    observations: [],
    alternatives: [],
    teams: [unreadable.team],
    file: unreadable.file,
  }
}

/** What is wrong with the observations themselves: a document that cannot be read, a glob that matches nothing. */
export function draftOfCut(problem: CutProblem, at: string): Draft {
  const file = problem.observations[0]?.file
  return {
    kind: problem.kind,
    outcome: outcomeOf(problem.kind, 'observations'),
    path: problem.path,
    at,
    message: cutText(problem.message),
    rule: problem.kind === 'unreadable' ? unreadableRule : { id: `congruent:${problem.kind}` },
    conjuncts: [],
    observations: problem.observations,
    alternatives: [],
    teams: [],
    ...(file === undefined ? {} : { file }),
  }
}

/** Conjuncts with the line of the file where each really stands; one that an engine cannot place is left out, its team is not. */
export function placed(conjuncts: readonly EngineConjunct[], fragments: FragmentSet): readonly Conjunct[] {
  return conjuncts.flatMap(({ team, site, text, rule }) => {
    const place = placeOf(site, fragments)
    if (place === undefined) return []
    return [
      {
        team,
        ...place,
        ...(text === undefined ? {} : { text: cutText(text) }),
        ...(rule === undefined ? {} : { rule }),
      },
    ]
  })
}

/** Where a site of the engine is in a file; undefined where nobody can tell. */
export function placeOf(
  site: Site,
  fragments: FragmentSet,
): { file: string; line: number; column: number } | undefined {
  if (site.data !== undefined) {
    const { part, path, label = false } = site.data
    const origin = fragments.origins.get(part)?.(path, label)
    if (origin === undefined) return undefined
    const { document, pointer } = origin
    return { file: document.file, ...document.locate(pointer, label ? 'key' : 'value') }
  }
  const made = fragments.made.get(site.file)
  if (made !== undefined) return made(site.line ?? 1)
  return site.line === undefined ? undefined : { file: site.file, line: site.line, column: site.column ?? 1 }
}
