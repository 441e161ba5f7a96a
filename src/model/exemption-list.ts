import type { Exemption } from './exemption.ts'
import type { Kind } from './finding.ts'

/** One exemption, as it stands at a moment. */
export interface ListedExemption extends Exemption {
  readonly file: string
  readonly line: number
  /** `soon`: it holds, and ends within the time that was asked for; `wrong`: it never holds. */
  readonly state: 'holds' | 'soon' | 'ended' | 'wrong'
  /** Days after today on which it holds; absent where it does not. */
  readonly daysLeft?: number
  /** RFC 3339: the first commit that has it; absent where no history tells. */
  readonly since?: string
  readonly ageDays?: number
  /** What it excuses now, alone or with others. */
  readonly excuses: readonly {
    readonly fingerprint: string
    readonly environment: string
    readonly kind: Kind
    readonly at: string
    readonly rule: string
  }[]
  /** What is wrong with it, or with how it is used. */
  readonly flaws: readonly string[]
}

/** The exemptions of a workspace: `congruent exemptions --format json`, `schemas/exemption-list.schema.json`. */
export interface ExemptionList {
  readonly exemptionList: 1
  readonly workspace: string
  readonly checkedAt: string
  /** The environments in which it was asked what is excused. */
  readonly environments: readonly string[]
  /** By id, file and line. */
  readonly exemptions: readonly ListedExemption[]
  /** What of their files cannot be read. */
  readonly unreadable: readonly { readonly file: string; readonly line?: number; readonly message: string }[]
  /** Environments that could not be checked. */
  readonly faults?: readonly { readonly environment: string; readonly code: string; readonly message: string }[]
}
