import type { Engine } from '../../engine/engine.ts'
import type { RuleName } from '../../engine/protocol.ts'
import type { ListedRule } from '../../model/listed-rule.ts'
import { isPackFile } from '../../model/pack.ts'
import { compareText } from '../../model/order.ts'
import type { CoveredRule } from '../../model/test-report.ts'
import type { RequestOptions } from '../dependencies.ts'
import { keyOf, metAtOnce, metRules, type Seen } from '../met-rules.ts'
import { inLanes } from './in-lanes.ts'
import { ownSignal, type Ran } from './run-cases.ts'

/** An environment whose rules are looked for in what cases give and in what observers saw. */
export interface CoveredEnvironment {
  readonly engine: Engine
  readonly options: RequestOptions
  readonly rules: readonly ListedRule[]
  /** The runs of cases in the environment. */
  readonly ran: readonly Ran[]
  readonly seenBy: (run: Ran) => Promise<Seen>
  /** What the workspace's own observers saw; undefined where it has none. */
  readonly real: Seen | undefined
}

/** How far the rules of an environment are tried by its cases, and met by real observations. */
export async function coverageOf(environment: CoveredEnvironment): Promise<readonly CoveredRule[]> {
  const { engine, ran, seenBy, real, options } = environment
  const rules = environment.rules.filter((rule) => (rule.explicit || !isHelper(rule)) && !isOfPack(rule))
  const violated = new Set(
    rules.filter((rule) => ran.some(({ findings }) => findings.some((finding) => isBroken(rule, finding)))).map(keyOf),
  )
  // What breaks a rule is spoken about by it.
  const exercised = new Set(violated)
  const all = rules.map(keyOf)
  const own = ownSignal(options)
  await inLanes(ran, engine.parallel ?? 1, async (run) => {
    if (all.every((key) => exercised.has(key))) return
    for (const rule of await metAtOnce(engine, await seenBy(run), own)) exercised.add(keyOf(rule))
  })
  const met = real === undefined ? undefined : await metRules(engine, real, options, all)
  const observed = met && new Set(met.map(keyOf))
  return rules.map((rule): CoveredRule => {
    const { id, team, sites } = rule
    const [site] = sites
    const key = keyOf(rule)
    return {
      id,
      team,
      ...(site === undefined ? {} : { file: site.file, line: site.line, column: site.column }),
      exercised: exercised.has(key),
      violated: violated.has(key),
      ...(observed === undefined ? {} : { observed: observed.has(key) }),
    }
  })
}

/** The rules of several environments as one list: what is tried in one is tried. Sorted by id and team. */
export function joinedCoverage(several: readonly (readonly CoveredRule[])[]): readonly CoveredRule[] {
  const joined = new Map<string, CoveredRule>()
  for (const rule of several.flat()) {
    const known = joined.get(keyOf(rule))
    const observed = known?.observed === true || rule.observed === true
    joined.set(
      keyOf(rule),
      known === undefined
        ? rule
        : {
            ...known,
            exercised: known.exercised || rule.exercised,
            violated: known.violated || rule.violated,
            ...(known.observed === undefined && rule.observed === undefined ? {} : { observed }),
          },
    )
  }
  return Array.from(joined.values()).toSorted((a, b) => compareText(a.id, b.id) || compareText(a.team, b.team))
}

function isBroken({ id, team }: ListedRule, { rule, teams, kind }: Ran['findings'][number]): boolean {
  const broken = kind === 'mismatch' || kind === 'missing' || kind === 'unexpected' || kind === 'conflict'
  return broken && rule.id === id && teams.includes(team)
}

/** Packs have tests of their own. */
function isOfPack({ sites }: ListedRule): boolean {
  return sites.length > 0 && sites.every(({ file }) => isPackFile(file))
}

/** A hidden field without a rule's id is there for others to read. */
function isHelper({ id }: RuleName): boolean {
  return /[:.]_[^.:#]*(?:$|\.)/.test(id)
}
