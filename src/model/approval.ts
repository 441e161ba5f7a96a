/** One thing that a team said of a proposal; what it said last holds. */
export interface Approval {
  readonly proposal: string
  readonly team: string
  /** `withdrawn` takes back what was said before. */
  readonly state: 'approved' | 'objected' | 'withdrawn'
  /** RFC 3339, by the server's clock. */
  readonly at: string
  /** Who said it for the team. */
  readonly by: string
  readonly words?: string
  /** Digest of the proposed files that it is about. */
  readonly digest: string
}

/** Where a team stands to a proposal. */
export interface TeamApproval {
  readonly team: string
  /** Whether the proposal changes what is the team's: its approval is waited for. */
  readonly required: boolean
  readonly state: 'waiting' | 'approved' | 'objected'
  readonly by?: string
  readonly at?: string
  readonly words?: string
}
