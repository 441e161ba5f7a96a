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
  /** The revision that these were compared with then; earlier versions did not keep it. */
  readonly base?: number
}

/** What a team said of an earlier comparison of the same files; it is told, and does not count. */
export interface EarlierApproval extends Pick<Approval, 'by' | 'at' | 'words' | 'base'> {
  readonly state: 'approved' | 'objected'
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
  /** Where it has said nothing of the comparison as it is. */
  readonly earlier?: EarlierApproval
}
