import type { Proposal, ReportFinding, ReviewEnvironment } from '../../api/operations.ts'

/** What a change does: of a proposal, or of a review in a file. */
export type Comparison = Proposal['comparison']

/** What comes and goes in one environment, for one owner of paths. */
export interface OwnerNews {
  /** Empty: nobody's. */
  readonly owner: string
  readonly violating: readonly ReportFinding[]
  readonly undecided: readonly ReportFinding[]
  readonly fixed: readonly ReportFinding[]
  /** Found on both sides, in other words or with another weight. */
  readonly reworded: readonly ReportFinding[]
}

/** How much comes and goes. */
export type NewsCounts = { readonly [Kind in NewsKind]: number }

/** The sorts of news in the order in which they are shown. */
export const newsKinds = ['violating', 'undecided', 'fixed', 'reworded'] as const
export type NewsKind = (typeof newsKinds)[number]

/** What newly counts against what is observed, by owner: the chosen team first, then who is hit most. Conflicts are with what violates. */
export function newsByOwner(
  { conflicts, findings }: ReviewEnvironment,
  team: string | undefined,
): readonly OwnerNews[] {
  const owners = new Map<string, { [Kind in NewsKind]: ReportFinding[] }>()
  const put = (kind: NewsKind, finding: ReportFinding): void => {
    const owner = ownerOf(finding)
    const news = owners.get(owner) ?? { violating: [], undecided: [], fixed: [], reworded: [] }
    owners.set(owner, news)
    news[kind].push(finding)
  }
  const fresh = (finding: ReportFinding): void =>
    put(finding.outcome === 'undecided' ? 'undecided' : 'violating', finding)
  for (const finding of [...conflicts.new, ...findings.new]) if (counts(finding)) fresh(finding)
  for (const finding of [...conflicts.resolved, ...findings.resolved]) if (counts(finding)) put('fixed', finding)
  for (const { before, after } of findings.changed) {
    const [was, is] = [counts(before), counts(after)]
    if (is && (!was || before.outcome !== after.outcome)) fresh(after)
    else put(was && !is ? 'fixed' : 'reworded', after)
  }
  const badness = ({ violating, undecided, fixed }: OwnerNews): number =>
    violating.length * 1e6 + undecided.length * 1e3 + fixed.length
  return Array.from(owners, ([owner, news]) => ({ owner, ...news })).toSorted(
    (a, b) =>
      Number(b.owner === team) - Number(a.owner === team) || badness(b) - badness(a) || (a.owner < b.owner ? -1 : 1),
  )
}

/** All owners together. */
export function countedNews(all: readonly OwnerNews[]): NewsCounts {
  const sum = (kind: NewsKind): number => all.reduce((total, news) => total + news[kind].length, 0)
  return { violating: sum('violating'), undecided: sum('undecided'), fixed: sum('fixed'), reworded: sum('reworded') }
}

/** New findings that have no say: warnings, drift, what is exempted. */
export function minorNews({ findings }: ReviewEnvironment): readonly ReportFinding[] {
  return findings.new.filter((finding) => !counts(finding))
}

/** Who answers for it. */
function ownerOf({ owner, teams }: ReportFinding): string {
  return owner ?? teams[0] ?? ''
}

/** Whether it has a say in the verdict: an error that nothing excuses. */
function counts({ severity, outcome, exempted, known }: ReportFinding): boolean {
  return severity === 'error' && outcome !== 'none' && exempted === undefined && known !== true
}
