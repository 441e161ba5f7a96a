/** Every kind of finding, in the order in which reports list kinds at one path. */
export const kinds = [
  'conflict',
  'mismatch',
  'missing',
  'unexpected',
  'unobserved',
  'stale',
  'refused',
  'contested',
  'incomplete',
  'unreadable',
  'breach',
  'drift',
  'exemption',
  'lint',
] as const

export type Kind = (typeof kinds)[number]

/** Outcomes from bad to good: what a finding leads to, by its kind alone. */
export type Outcome = 'conflicts' | 'violates' | 'undecided' | 'none'
/** What a finding has to say in a verdict. */
export type CountsAs = Outcome | 'exempted'

export type Severity = 'error' | 'warning' | 'info'

/** The worst outcome of the findings that count. */
export type Verdict = 'conforms' | 'violates' | 'conflicts' | 'undecided'

/** One authored contribution to a value: whose it is, where it stands, and what it says. */
export interface Conjunct {
  readonly team: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text?: string
  readonly rule?: string
  /** SHA-256 of the file's bytes, in 64 hex digits, where that was asked for. */
  readonly digest?: string
}

/** One value that an observer reported, and where its document says so. */
export interface Observation {
  readonly observer: string
  readonly sequence: number
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  /** SHA-256 of the file's bytes, in 64 hex digits, where that was asked for. */
  readonly digest?: string
  readonly value?: unknown
}

/** One branch of a failed disjunction. */
export interface Alternative {
  readonly message: string
  readonly path: readonly string[]
  readonly conjuncts: readonly Conjunct[]
}

/** One thing that a check found, at one path. */
export interface Finding {
  /** 32 hex digits of environment, kind, path and rule id; never of message, value or line. */
  readonly fingerprint: string
  readonly environment: string
  readonly kind: Kind
  readonly outcome: Outcome
  readonly severity: Severity
  readonly rule: { readonly id: string; readonly title?: string; readonly docs?: string }
  readonly path: readonly string[]
  /** The path as CUE writes it: `services.web.ports[0]."a b"`. */
  readonly at: string
  readonly message: string
  /** What the conjuncts ask for, as one short line of CUE: `>=2`; absent where no text says it. */
  readonly wanted?: string
  readonly conjuncts: readonly Conjunct[]
  readonly observations: readonly Observation[]
  readonly alternatives?: readonly Alternative[]
  /** The team that owns the most specific path. */
  readonly owner?: string
  readonly teams: readonly string[]
  readonly exempted?: { readonly id: string; readonly owner: string; readonly expires: string }
  /** A baseline holds it: it was there before and does not count. */
  readonly known?: boolean
}

/** What a finding counts as where errors fail: its outcome, unless an exemption excuses it, or it is milder than an error and so only told. */
export function countedAs({
  outcome,
  severity,
  exempted,
}: Pick<Finding, 'outcome' | 'severity' | 'exempted'>): CountsAs {
  if (exempted !== undefined) return 'exempted'
  return severity === 'error' ? outcome : 'none'
}
