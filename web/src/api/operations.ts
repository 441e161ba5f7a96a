// Written by scripts/web/operations.ts from the routes and schemas of the API; a test compares. Not to be edited.

/** What each operation takes and answers. */
export interface Operations {
  /** Make a proposal's fragments those in force. */
  readonly adoptProposal: {
    readonly params: {
      readonly workspace: string
      readonly proposal: string
    }
    readonly query: {
      /** Comes into force although it conflicts or approvals are missing; needs the scope `admin`. */
      readonly force?: boolean
    }
    readonly answer: Published
  }
  /** Approve a proposal for a team, or object to it. */
  readonly approveProposal: {
    readonly params: {
      readonly workspace: string
      readonly proposal: string
    }
    readonly query: {}
    readonly body: ApprovalRequest
    readonly answer: Proposal
  }
  /** Compare a proposal anew, with what is in force now. */
  readonly compareProposal: {
    readonly params: {
      readonly workspace: string
      readonly proposal: string
    }
    readonly query: {}
    readonly answer: Proposal
  }
  /** How many findings stood at a moment, by group, most first. */
  readonly countFindings: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
      /** The name of an environment. */
      readonly environment?: string
      /** A team whose constraints are involved, or that owns the path. */
      readonly team?: string
      /** The team that answers for it: who owns the path, else the first of the teams that are involved. */
      readonly owner?: string
      /** The id of a rule. */
      readonly rule?: string
      /** One of these kinds. */
      readonly kind?: readonly (
        | 'conflict'
        | 'mismatch'
        | 'missing'
        | 'unexpected'
        | 'unobserved'
        | 'stale'
        | 'refused'
        | 'contested'
        | 'incomplete'
        | 'unreadable'
        | 'breach'
        | 'drift'
        | 'exemption'
        | 'lint'
      )[]
      readonly outcome?: 'conflicts' | 'violates' | 'undecided' | 'none'
      /** What it counts as in the verdict: `exempted` where an exemption excuses it, its outcome where it is an error, else `none`; one of these. */
      readonly countsAs?: readonly ('conflicts' | 'violates' | 'undecided' | 'none' | 'exempted')[]
      /** One of these severities. */
      readonly severity?: readonly ('error' | 'warning' | 'info')[]
      /** Only those that stand since this moment or a later one. */
      readonly since?: string
      /** Only those that are exempted, or only those that are not. */
      readonly exempted?: boolean
      /** A path pattern, such as `services.*.image`, and everything below. */
      readonly path?: string
      /** A text in path, message or rule, whatever its case. */
      readonly q?: string
      readonly by: 'environment' | 'outcome' | 'countsAs' | 'severity' | 'kind' | 'owner' | 'rule'
    }
    readonly answer: {
      readonly items: FindingCounts
    }
  }
  /** Propose a team's fragments. */
  readonly createProposal: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** Of an archive: whose fragments they are. */
      readonly team?: string
      /** Of an archive: what the change is about. */
      readonly title?: string
    }
    readonly body: ProposalRequest
    readonly answer: Proposal
  }
  /** All that is known of one path: the value, who contributed what, what observers saw. */
  readonly explainPath: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** A CUE path, such as `services.web."a b"`. Default: the root. */
      readonly path?: string
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
    }
    readonly answer: Explanation
  }
  /** One check, as it was made. */
  readonly getCheck: {
    readonly params: {
      readonly workspace: string
      readonly check: string
    }
    readonly query: {}
    readonly answer: CheckRecord
  }
  /** Which observer looks where. */
  readonly getCoverage: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
    }
    readonly answer: CoverageAt
  }
  /** The desired state of an environment. */
  readonly getDesired: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The number of a revision; it wins over `at`. */
      readonly revision?: number
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** A CUE path, such as `services.web."a b"`. Default: the root. */
      readonly path?: string
      readonly format?: 'json' | 'yaml' | 'cue' | 'kubernetes' | 'compose'
    }
    readonly answer: Desired
  }
  /** Lines of a file or snapshot, by its digest. */
  readonly getFileLines: {
    readonly params: {
      readonly workspace: string
      readonly digest: string
    }
    readonly query: {
      /** The line in the middle. */
      readonly around?: number
    }
    readonly answer: FileLines
  }
  /** The shared files. */
  readonly getFiles: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The number of a revision; it wins over `at`. */
      readonly revision?: number
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: FileSet
  }
  /** One finding with its history as it was known at a moment, also when it is resolved. */
  readonly getFinding: {
    readonly params: {
      readonly workspace: string
      readonly fingerprint: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
    }
    readonly answer: FindingHistory
  }
  /** A team's fragments. */
  readonly getFragments: {
    readonly params: {
      readonly workspace: string
      readonly team: string
    }
    readonly query: {
      /** The number of a revision; it wins over `at`. */
      readonly revision?: number
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: FileSet
  }
  /** Who asks, and what they may. */
  readonly getMe: {
    readonly params: {}
    readonly query: {}
    readonly answer: Me
  }
  /** The newest snapshots as one state, and which of them answered for which path. */
  readonly getObserved: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
      /** A CUE path, such as `services.web."a b"`. Default: the root. */
      readonly path?: string
    }
    readonly answer: ObservedAt
  }
  /** A proposal, and what it would change. */
  readonly getProposal: {
    readonly params: {
      readonly workspace: string
      readonly proposal: string
    }
    readonly query: {}
    readonly answer: Proposal
  }
  /** One revision. */
  readonly getRevision: {
    readonly params: {
      readonly workspace: string
      readonly revision: string
    }
    readonly query: {}
    readonly answer: Revision
  }
  /** A snapshot as it is kept: the text at whose lines findings point. */
  readonly getSnapshot: {
    readonly params: {
      readonly workspace: string
      readonly digest: string
    }
    readonly query: {}
    readonly answer: SnapshotDocument
  }
  /** A level of the desired and the observed state, with the findings below each label. */
  readonly getTree: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** A CUE path, such as `services.web."a b"`. Default: the root. */
      readonly path?: string
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** Levels below the path. */
      readonly depth?: number
      /** `findings`: only labels at or below which something was found; `deviating`: which do not conform; `undecided`: of which nobody can say it. */
      readonly show?: 'all' | 'findings' | 'deviating' | 'undecided'
      /** A text in a path or value, at a label or below; `*` stands for any text. */
      readonly q?: string
      /** The most labels of a level. */
      readonly limit?: number
      /** `deviating`: labels that do not conform come with what is below, as far as 300 labels reach. */
      readonly unfold?: 'deviating'
      /** Only labels after this one: `next` of an earlier answer. */
      readonly after?: string
    }
    readonly answer: Tree
  }
  /** The verdict at a moment, of every environment. */
  readonly getVerdict: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
    }
    readonly answer: WorkspaceVerdict
  }
  /** The verdicts of environments over time. */
  readonly getVerdictTimeline: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** Default: every one. */
      readonly environment?: string
      /** Nothing before this moment. */
      readonly from?: string
      /** Nothing after this moment. */
      readonly to?: string
      /** How many segments of each environment at most. */
      readonly limit?: number
      /** Which segments, where there are more than that: they come oldest first either way. */
      readonly keep?: 'oldest' | 'newest'
    }
    readonly answer: {
      readonly environments: readonly Timeline[]
    }
  }
  /** The ways by which a browser may sign in. */
  readonly getWaysIn: {
    readonly params: {}
    readonly query: {}
    readonly answer: WaysIn
  }
  /** A workspace and its document. */
  readonly getWorkspace: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The number of a revision; it wins over `at`. */
      readonly revision?: number
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: {
      readonly name: string
      readonly createdAt: string
      readonly retention: Retention
      readonly revision: number
      readonly digest: string
      readonly document: Workspace
    }
  }
  /** What happened in a workspace, newest first; or as it happens. */
  readonly listEvents: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      readonly kinds?: EventKinds
      /** Nothing before this moment. */
      readonly from?: string
      /** Nothing after this moment. */
      readonly to?: string
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly WorkspaceEvent[]
      /** The cursor of what follows; absent at the end. */
      readonly next?: string
    }
  }
  /** The exemptions, what each excuses, and what of their files cannot be read. */
  readonly listExemptions: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** Those about it, with what they excuse there. Default: every one. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** Only those that expire within this time, or have. */
      readonly within?: string
    }
    readonly answer: ExemptionsAt
  }
  /** Findings that stood at a moment. */
  readonly listFindings: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The moment that is asked about. Default: now. */
      readonly at?: string
      /** `then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew. */
      readonly known?: 'then' | 'now'
      /** The name of an environment. */
      readonly environment?: string
      /** A team whose constraints are involved, or that owns the path. */
      readonly team?: string
      /** The team that answers for it: who owns the path, else the first of the teams that are involved. */
      readonly owner?: string
      /** The id of a rule. */
      readonly rule?: string
      /** One of these kinds. */
      readonly kind?: readonly (
        | 'conflict'
        | 'mismatch'
        | 'missing'
        | 'unexpected'
        | 'unobserved'
        | 'stale'
        | 'refused'
        | 'contested'
        | 'incomplete'
        | 'unreadable'
        | 'breach'
        | 'drift'
        | 'exemption'
        | 'lint'
      )[]
      readonly outcome?: 'conflicts' | 'violates' | 'undecided' | 'none'
      /** What it counts as in the verdict: `exempted` where an exemption excuses it, its outcome where it is an error, else `none`; one of these. */
      readonly countsAs?: readonly ('conflicts' | 'violates' | 'undecided' | 'none' | 'exempted')[]
      /** One of these severities. */
      readonly severity?: readonly ('error' | 'warning' | 'info')[]
      /** Only those that stand since this moment or a later one. */
      readonly since?: string
      /** Only those that are exempted, or only those that are not. */
      readonly exempted?: boolean
      /** A path pattern, such as `services.*.image`, and everything below. */
      readonly path?: string
      /** A text in path, message or rule, whatever its case. */
      readonly q?: string
      /** By path, by when they came (newest first), or by severity (worst first). */
      readonly sort?: 'path' | 'since' | 'severity'
      /** Count all of them by group as well, each group without its own filter. */
      readonly facets?: boolean
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: Findings
  }
  /** Every observer with its newest snapshot, and how old that is. */
  readonly listObservers: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: {
      readonly items: readonly ObserverNow[]
    }
  }
  /** Proposals, newest first. */
  readonly listProposals: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      readonly state?: 'open' | 'adopted'
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly ListedProposal[]
      /** The cursor of what follows; absent at the end. */
      readonly next?: string
    }
  }
  /** The revisions of a workspace, newest first. */
  readonly listRevisions: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly Revision[]
      /** The cursor of what follows; absent at the end. */
      readonly next?: string
    }
  }
  /** At how many observed paths each rule speaks, satisfied or not. */
  readonly listRuleMatches: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: {
      /** The number of that check. Absent: there was none yet. */
      readonly check?: number
      readonly items: readonly {
        readonly id: string
        readonly team: string
        readonly paths: number
      }[]
    }
  }
  /** The rules that fragments state in an environment. */
  readonly listRules: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: {
      readonly items: readonly Rule[]
    }
  }
  /** What is known of snapshots beside their state, newest received first. */
  readonly listSnapshots: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** Those about it, and those about every one. */
      readonly environment?: string
      readonly observer?: string
      /** Observed at this moment or later, by the clock of the observer. */
      readonly from?: string
      /** Observed at this moment or before, by the clock of the observer. */
      readonly to?: string
      /** Received at this moment or before, by the clock of the server. */
      readonly at?: string
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly StoredSnapshot[]
      /** The cursor of what follows; absent at the end. */
      readonly next?: string
    }
  }
  /** The teams, what they may say and answer for. */
  readonly listTeams: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** The name of an environment. */
      readonly environment?: string
      /** The moment that is asked about. Default: now. */
      readonly at?: string
    }
    readonly answer: {
      readonly items: readonly Team[]
    }
  }
  /** Every change of a workspace, newest first. */
  readonly listWorkspaceAudit: {
    readonly params: {
      readonly workspace: string
    }
    readonly query: {
      /** How many at most. */
      readonly limit?: number
      /** From `next` of an earlier answer to the same question. */
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly AuditEntry[]
      /** The cursor of what follows; absent at the end. */
      readonly next?: string
    }
  }
  /** The workspaces that the asker may read, by name. */
  readonly listWorkspaces: {
    readonly params: {}
    readonly query: {}
    readonly answer: {
      readonly items: readonly StoredWorkspace[]
    }
  }
  /** Sign a browser in by a token. */
  readonly signIn: {
    readonly params: {}
    readonly query: {}
    readonly body: SignInRequest
    readonly answer: Me
  }
  /** Sign a browser out. */
  readonly signOut: {
    readonly params: {}
    readonly query: {}
    readonly answer: string
  }
  /** Take back what a team said of a proposal. */
  readonly withdrawApproval: {
    readonly params: {
      readonly workspace: string
      readonly proposal: string
    }
    readonly query: {
      /** For whom it was said. */
      readonly team: string
    }
    readonly answer: Proposal
  }
}

/** How each operation is asked. */
export const operations = {
  adoptProposal: { method: 'POST', url: '/v1/workspaces/:workspace/proposals/:proposal/adopt' },
  approveProposal: { method: 'POST', url: '/v1/workspaces/:workspace/proposals/:proposal/approvals' },
  compareProposal: { method: 'POST', url: '/v1/workspaces/:workspace/proposals/:proposal/compare' },
  countFindings: { method: 'GET', url: '/v1/workspaces/:workspace/findings/summary' },
  createProposal: { method: 'POST', url: '/v1/workspaces/:workspace/proposals' },
  explainPath: { method: 'GET', url: '/v1/workspaces/:workspace/explain' },
  getCheck: { method: 'GET', url: '/v1/workspaces/:workspace/checks/:check' },
  getCoverage: { method: 'GET', url: '/v1/workspaces/:workspace/coverage' },
  getDesired: { method: 'GET', url: '/v1/workspaces/:workspace/desired' },
  getFileLines: { method: 'GET', url: '/v1/workspaces/:workspace/files/:digest' },
  getFiles: { method: 'GET', url: '/v1/workspaces/:workspace/files' },
  getFinding: { method: 'GET', url: '/v1/workspaces/:workspace/findings/:fingerprint' },
  getFragments: { method: 'GET', url: '/v1/workspaces/:workspace/teams/:team/fragments' },
  getMe: { method: 'GET', url: '/v1/me' },
  getObserved: { method: 'GET', url: '/v1/workspaces/:workspace/observed' },
  getProposal: { method: 'GET', url: '/v1/workspaces/:workspace/proposals/:proposal' },
  getRevision: { method: 'GET', url: '/v1/workspaces/:workspace/revisions/:revision' },
  getSnapshot: { method: 'GET', url: '/v1/workspaces/:workspace/snapshots/:digest' },
  getTree: { method: 'GET', url: '/v1/workspaces/:workspace/tree' },
  getVerdict: { method: 'GET', url: '/v1/workspaces/:workspace/verdict' },
  getVerdictTimeline: { method: 'GET', url: '/v1/workspaces/:workspace/verdict/timeline' },
  getWaysIn: { method: 'GET', url: '/v1/session' },
  getWorkspace: { method: 'GET', url: '/v1/workspaces/:workspace' },
  listEvents: { method: 'GET', url: '/v1/workspaces/:workspace/events' },
  listExemptions: { method: 'GET', url: '/v1/workspaces/:workspace/exemptions' },
  listFindings: { method: 'GET', url: '/v1/workspaces/:workspace/findings' },
  listObservers: { method: 'GET', url: '/v1/workspaces/:workspace/observers' },
  listProposals: { method: 'GET', url: '/v1/workspaces/:workspace/proposals' },
  listRevisions: { method: 'GET', url: '/v1/workspaces/:workspace/revisions' },
  listRuleMatches: { method: 'GET', url: '/v1/workspaces/:workspace/rules/matches' },
  listRules: { method: 'GET', url: '/v1/workspaces/:workspace/rules' },
  listSnapshots: { method: 'GET', url: '/v1/workspaces/:workspace/snapshots' },
  listTeams: { method: 'GET', url: '/v1/workspaces/:workspace/teams' },
  listWorkspaceAudit: { method: 'GET', url: '/v1/workspaces/:workspace/audit' },
  listWorkspaces: { method: 'GET', url: '/v1/workspaces' },
  signIn: { method: 'POST', url: '/v1/session' },
  signOut: { method: 'DELETE', url: '/v1/session' },
  withdrawApproval: { method: 'DELETE', url: '/v1/workspaces/:workspace/proposals/:proposal/approvals' },
} as const satisfies Readonly<Record<keyof Operations, Place>>

interface Place {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly url: string
}

/** What a team says of a proposal. */
export type ApprovalRequest = {
  /** For whom it is said. */
  readonly team: string
  readonly state: 'approved' | 'objected'
  /** Why; an objection has to say it. */
  readonly words?: string
  /** The proposal's `base` as it was looked at; absent: whatever it is now. */
  readonly base?: number
}

/** One change that somebody made. */
export type AuditEntry = {
  readonly at: string
  /** The name of the token, the subject of a JSON Web Token, or `anonymous`. */
  readonly by: string
  readonly action: string
  readonly workspace?: string
  /** What was changed. */
  readonly subject?: string
  /** The revision that it made. */
  readonly revision?: number
  /** The identifier of the request, as in the log. */
  readonly request?: string
}

/** Why a check was made: a new revision, a new snapshot, something that grew too old, or somebody asked. */
export type CheckCause =
  | {
      readonly kind: 'revision'
      readonly revision: number
    }
  | {
      readonly kind: 'snapshot'
      readonly observer: string
      readonly sequence: number
    }
  | {
      readonly kind: 'silence'
    }
  | {
      readonly kind: 'request'
      readonly by: string
    }

/** How many findings; exempted ones count only as such, and in `byOutcome` what is milder than an error as `none`. */
export type CheckCounts = {
  readonly byOutcome: {
    readonly conflicts: number
    readonly violates: number
    readonly undecided: number
    readonly none: number
  }
  readonly bySeverity: {
    readonly error: number
    readonly warning: number
    readonly info: number
  }
  readonly exempted: number
}

/** One check of one environment, as it was made. */
export type CheckRecord = {
  readonly workspace: string
  readonly environment: string
  /** 1, 2, 3 … within the workspace. */
  readonly check: number
  readonly at: string
  readonly cause: CheckCause
  readonly revision: number
  readonly verdict: ReportVerdict
  /** From when on the verdict is this one. */
  readonly since: string
  /** The last moment at which the same revision and snapshots give the same findings. Absent: nothing grows too old, or something did. */
  readonly holdsUntil?: string
  /** Of all that was found. */
  readonly digest: string
  readonly counts: CheckCounts
  /** How many findings came and went with this check, and how many are undecided. */
  readonly change: {
    readonly added: number
    readonly gone: number
    readonly undecided: number
    /** What those that came count as; absent where a fault ended the check. */
    readonly addedAs?: {
      readonly conflicts: number
      readonly violates: number
      readonly undecided: number
      readonly none: number
      readonly exempted: number
    }
    /** Where something came or, where nothing did, went: a few paths. */
    readonly paths?: readonly string[]
  }
  readonly desired: {
    readonly digest: string
  }
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
    /** File names, or `-`. */
    readonly source: string
    readonly digest: string
  }[]
  readonly notes: readonly ReportNote[]
  readonly tool?: {
    readonly name: 'congruent'
    /** Version of the tool. */
    readonly version: string
    /** Which evaluator did the work. */
    readonly engine: {
      readonly name: 'cue-go' | 'cue-wasm' | 'cue-native'
      /** Version of CUE: `v0.17.1`. */
      readonly cue: string
      /** What this engine cannot tell, per fragment where it matters. */
      readonly lacks: readonly string[]
    }
  }
  /** A fault that ended the check: what was known before stays. */
  readonly fault?: {
    readonly code: string
    readonly message: string
  }
}

/** Which observer looks where. */
export type CoverageAt = {
  readonly workspace: string
  readonly environment: string
  readonly at: string
  readonly revision: number
  readonly observers: readonly string[]
  /** Sorted by path: each that an observer names, and the top labels of the desired state. */
  readonly paths: readonly {
    /** A path pattern; the root is empty. */
    readonly path: string
    /** Fields of the desired state there and below. Absent: it cannot be told, as fragments contradict each other. */
    readonly desired?: number
    /** Sorted by observer; who does not look there is left out. */
    readonly sights: readonly {
      readonly observer: string
      readonly sight: 'all' | 'part' | 'stale' | 'refused'
      readonly reason?: string
    }[]
  }[]
}

/** What all fragments of one environment unify to. */
export type Desired = {
  readonly workspace: string
  readonly environment: string
  /** Of what was unified. */
  readonly digest: string
  /** Conflicts, unreadable fragments and breaches. */
  readonly findings: readonly ReportFinding[]
  readonly notes: readonly ReportNote[]
  /** What is not concrete, sorted by path. */
  readonly incomplete: readonly {
    readonly path: readonly string[]
    readonly at: string
    readonly text: string
  }[]
  /** What the engine cannot tell. */
  readonly lacks: readonly string[]
  /** The state; absent where something is not concrete or conflicts. */
  readonly desired?: unknown
}

/** Which kinds of events; default every one. */
export type EventKinds = readonly ('revision' | 'snapshot' | 'check' | 'verdict' | 'finding' | 'stale' | 'proposal')[]

/** Exemptions at a moment. */
export type ExemptionsAt = {
  readonly items: readonly {
    /** Its name, unique in the workspace. */
    readonly id: string
    /** Id of the rule, or a glob over rule ids. */
    readonly rule: string
    /** Path pattern where it holds. */
    readonly path: string
    /** The environments that it holds in. Absent: every one. */
    readonly environments?: readonly string[]
    /** The team that answers for it. */
    readonly owner: string
    /** Why it is needed. */
    readonly reason: string
    /** Who agreed. */
    readonly approvedBy?: string
    /** Where the matter is followed. */
    readonly ticket?: string
    /** The last day on which it holds. */
    readonly expires: string
    readonly file: string
    readonly line: number
    readonly state: 'holds' | 'expired'
    /** The findings that it excused then. Of several exemptions of one finding, the one that holds longest counts. */
    readonly excuses: readonly {
      readonly fingerprint: string
      readonly environment: string
      readonly kind: string
      readonly at: string
      readonly rule: string
    }[]
    /** What checks said was wrong with it, by environment. */
    readonly flaws: readonly {
      readonly environment: string
      readonly message: string
    }[]
  }[]
  readonly problems: readonly {
    readonly file: string
    readonly line?: number
    readonly message: string
  }[]
}

/** One exemption. */
export type ExemptionsExemption = {
  /** Its name, unique in the workspace. */
  readonly id: string
  /** Id of the rule, or a glob over rule ids. */
  readonly rule: string
  /** Path pattern where it holds. */
  readonly path: string
  /** The environments that it holds in. Absent: every one. */
  readonly environments?: readonly string[]
  /** The team that answers for it. */
  readonly owner: string
  /** Why it is needed. */
  readonly reason: string
  /** Who agreed. */
  readonly approvedBy?: string
  /** Where the matter is followed. */
  readonly ticket?: string
  /** The last day on which it holds. */
  readonly expires: string
}

/** All that is known of one path in one environment. */
export type Explanation = {
  readonly workspace: string
  readonly environment: string
  readonly path: readonly string[]
  /** The path as CUE writes it. */
  readonly at: string
  /** Whether the desired state says anything there. */
  readonly exists: boolean
  /** The desired value, as CUE. */
  readonly value?: string
  /** CUE's kind of the value: `int`, `struct`. */
  readonly kind?: string
  /** The default, as CUE. */
  readonly default?: string
  /** Every contributor, satisfied or not. */
  readonly conjuncts: readonly ExplanationConjunct[]
  /** What closes the struct there. */
  readonly closedBy: readonly ReportConjunct[]
  /** What each observer saw there, or at the nearest path above. */
  readonly observations: readonly ReportReported[]
  readonly owner?: string
  readonly findings: readonly ReportFinding[]
  /** For each conflict among the findings: the smallest sets of fragments that conflict by themselves, and whom to call together. */
  readonly settling?: readonly {
    readonly path: readonly string[]
    readonly at: string
    readonly rule: string
    /** Each set is enough; smaller ones first. */
    readonly enough: readonly (readonly {
      readonly team: string
      readonly fragment: string
    }[])[]
    readonly call: readonly {
      readonly team: string
      readonly contact?: string
    }[]
  }[]
  readonly verdict: ReportVerdict
  readonly notes: readonly ReportNote[]
  /** What the engine cannot tell. */
  readonly lacks: readonly string[]
}

/** One contribution to the value, and how it got there. */
export type ExplanationConjunct = {
  readonly team: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text?: string
  readonly rule?: string
  readonly role: 'field' | 'pattern' | 'definition' | 'embedding' | 'comprehension' | 'default' | 'data'
  /** Label path in its own file: `services.[].replicas`. */
  readonly label: string
  /** The reference that brought it: `#Service`. */
  readonly via?: string
  /** SHA-256 of the file's bytes, in 64 hex digits. */
  readonly digest?: string
}

/** Lines around one. */
export type FileLines = {
  readonly digest: string
  /** Absent for a snapshot. */
  readonly file?: string
  readonly lines: readonly {
    readonly line: number
    readonly text: string
  }[]
}

/** All files of a set, as they were in a revision. */
export type FileSet = {
  readonly revision: number
  readonly digest: string
  /** The text of each file, by name. */
  readonly files: Readonly<Record<string, string>>
  /** Names of files that are no UTF-8 text: an archive has them. */
  readonly binary?: readonly string[]
}

/** How many findings there are of each, most first. */
export type FindingCounts = readonly {
  readonly name: string
  readonly count: number
}[]

/** A finding with every time in which it stood, oldest first. */
export type FindingHistory = {
  readonly fingerprint: string
  readonly environment: string
  readonly kind: ReportKind
  readonly outcome: 'conflicts' | 'violates' | 'undecided' | 'none'
  readonly severity: 'error' | 'warning' | 'info'
  readonly rule: {
    readonly id: string
    readonly title?: string
    readonly docs?: string
  }
  readonly path: readonly string[]
  readonly at: string
  readonly message: string
  readonly wanted?: string
  readonly conjuncts: readonly ReportConjunct[]
  readonly observations: readonly ReportReported[]
  readonly alternatives?: readonly ReportAlternative[]
  readonly owner?: string
  readonly teams: readonly string[]
  readonly exempted?: {
    readonly id: string
    readonly owner: string
    readonly expires: string
  }
  /** The first check that had it. */
  readonly firstSeen: string
  /** Since when it stands without interruption. */
  readonly since: string
  /** The newest check that had it. */
  readonly lastSeen: string
  /** The first check without it. Absent: it stands. */
  readonly resolved?: string
  /** How often it came back. */
  readonly reopened: number
  /** The address of its page; absent where the server does not know where people see its pages (`serve --base-url`). */
  readonly page?: string
  readonly history: readonly {
    readonly from: string
    readonly fromCheck: number
    readonly cause: CheckCause
    readonly until?: string
    readonly untilCheck?: number
    readonly untilCause?: CheckCause
  }[]
}

/** Some findings, and how many there are of each sort where that was asked. */
export type Findings = {
  readonly items: readonly TrackedFinding[]
  /** The cursor of what follows; absent at the end. */
  readonly next?: string
  /** How many there are, each group without its own filter. */
  readonly facets?: {
    readonly environment: FindingCounts
    readonly outcome: FindingCounts
    readonly countsAs: FindingCounts
    readonly severity: FindingCounts
    readonly kind: FindingCounts
    readonly owner: FindingCounts
    readonly rule: FindingCounts
  }
}

/** A proposal as a list has it: what it comes to, without the comparison itself. */
export type ListedProposal = {
  readonly workspace: string
  readonly proposal: string
  readonly team: string
  readonly title?: string
  readonly at: string
  readonly by: string
  readonly state: 'open' | 'adopted'
  readonly base: number
  readonly compared?: {
    readonly at: string
    readonly by: string
  }
  readonly before?: string
  readonly after: string
  readonly adopted?: number
  readonly approvals: readonly TeamApproval[]
  readonly missing: readonly string[]
  readonly head: {
    readonly revision: number
    /** Another revision came since the comparison, or since it was adopted. What was said stays. */
    readonly moved: boolean
  }
  /** What it comes to, in all environments. */
  readonly effect: {
    readonly verdict: 'unchanged' | 'changed' | 'violates' | 'conflicts' | 'undecided'
    /** Constraints that allow less, or are new. */
    readonly tighter: number
    /** Constraints that allow more, or are gone. */
    readonly looser: number
    /** Constraints that allow something else. */
    readonly otherwise: number
    /** Defaults that change. */
    readonly defaults: number
    /** New findings that count. */
    readonly conflicts: number
    /** Paths at which something newly violates, each once. */
    readonly violating: number
    /** Paths at which something can no longer be decided. */
    readonly undecided: number
    /** Findings that are gone. */
    readonly resolved: number
  }
}

/** Who asks, and what they may. */
export type Me = {
  /** Of the token, the subject of a JSON Web Token, or `anonymous`. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** For whom the asker publishes or reviews; `*` stands for every one. */
  readonly teams: readonly {
    readonly workspace: string
    readonly team: string
  }[]
  /** When what the asker showed ends by itself. */
  readonly until?: string
  /** Of a browser that is signed in: what it sends as `X-Congruent-CSRF` with whatever changes something. */
  readonly csrf?: string
}

/** What was observed of an environment at a moment, cut to one state. */
export type ObservedAt = {
  readonly workspace: string
  readonly environment: string
  readonly at: string
  /** The revision that says how observers are read. */
  readonly revision: number
  /** The part that was asked for; the root is empty. */
  readonly path: string
  /** Absent: nothing is there, or observers differ about it. */
  readonly state?: unknown
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
    /** File names, or `-`. */
    readonly source: string
    readonly digest: string
  }[]
  /** Whose word stands where: what lies below a path is of the same, unless a longer one says otherwise. */
  readonly answers: readonly {
    readonly path: string
    readonly snapshots: readonly {
      readonly observer: string
      readonly sequence: number
    }[]
  }[]
  /** Whether some were left out of `answers`: ask for a path below. */
  readonly more: boolean
  /** Where observers differ, and what they say, as JSON. */
  readonly contested: readonly {
    readonly path: string
    readonly values: readonly string[]
    /** Whether one of them says that nothing is there. */
    readonly absent: boolean
  }[]
}

/** An observer with its newest snapshot, and how old that is. */
export type ObserverNow = {
  /** Absent: it is about every environment. */
  readonly environment?: string
  /** Who reported. */
  readonly observer: string
  /** The observer's own counter. */
  readonly sequence: number
  /** The observer's own clock. */
  readonly observedAt: string
  /** The server's clock: when it was learned. */
  readonly receivedAt: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen: Readonly<Record<string, number>>
  /** Path patterns that were looked at completely. Absent: everything, unless the workspace says otherwise. */
  readonly covers?: readonly string[]
  /** Where the observer was not allowed to look, and why. */
  readonly refused: readonly {
    readonly path: string
    readonly reason: string
  }[]
  /** Of the text that is kept. */
  readonly digest: string
  /** Bytes of that text. */
  readonly size: number
  /** Who sent it. */
  readonly by: string
  /** How many snapshots of it are kept. */
  readonly snapshots: number
  /** As the workspace says: `15m`. */
  readonly maxAge?: string
  /** Seconds since it was observed; negative where the observer's clock is ahead. */
  readonly ageSeconds: number
  /** Whether the newest snapshot is older than it may be. */
  readonly stale: boolean
  /** Path patterns from the root that its newest snapshot looked at completely, by its own word or the workspace's; the root is empty. */
  readonly looksAt: readonly string[]
}

/** A change of one team's fragments that is to be looked at, and what it would change. */
export type Proposal = {
  readonly workspace: string
  readonly proposal: string
  readonly team: string
  readonly title?: string
  readonly at: string
  readonly by: string
  readonly state: 'open' | 'adopted'
  /** The revision it was compared with. */
  readonly base: number
  /** Where it was compared anew since it was made: when, and by whom. */
  readonly compared?: {
    readonly at: string
    readonly by: string
  }
  /** Digest of the team's files then. */
  readonly before?: string
  /** Digest of the proposed files. */
  readonly after: string
  /** The revision that adopting it made. */
  readonly adopted?: number
  /** What it would change, on the newest snapshots: as a review says. */
  readonly comparison: {
    readonly verdict: 'unchanged' | 'changed' | 'violates' | 'conflicts' | 'undecided'
    readonly notes: readonly ReportNote[]
    readonly environments: readonly ReviewEnvironment[]
    readonly summary: {
      readonly conflicts: number
      readonly violating: number
      readonly undecided: number
      /** New findings that do not count: warnings, drift, exempted ones. */
      readonly minor: number
      readonly resolved: number
      /** With another message, severity or outcome. */
      readonly changed: number
      /** By the team that owns the path, else the first team involved. */
      readonly teams: readonly {
        /** Absent: findings that no team is named for. */
        readonly team?: string
        readonly conflicts: number
        readonly violating: number
        readonly undecided: number
        /** New findings that do not count: warnings, drift, exempted ones. */
        readonly minor: number
        readonly resolved: number
        /** With another message, severity or outcome. */
        readonly changed: number
      }[]
    }
    readonly rules: {
      readonly added: readonly ReviewRule[]
      readonly removed: readonly ReviewRule[]
      /** Those that become quieter first. */
      readonly severity: readonly ReviewSeverityChange[]
      /** Those of `added` that no test of the head expects; absent where it has no tests. */
      readonly untested?: readonly ReviewRule[]
    }
    readonly exemptions: {
      readonly added: readonly ExemptionsExemption[]
      readonly removed: readonly ExemptionsExemption[]
      /** Those that excuse something that they did not. */
      readonly widened: readonly ReviewExemptionPair[]
      readonly narrowed: readonly ReviewExemptionPair[]
    }
    readonly files?: {
      readonly changed: number
      /** Those in which nothing stands that this document tells: moved text, another layout. */
      readonly silent: number
    }
    readonly approvals: readonly {
      readonly team: string
      readonly contact?: string
      readonly paths: readonly string[]
    }[]
    /** Environments that could not be compared. */
    readonly faults: readonly {
      readonly environment: string
      readonly code: string
      readonly message: string
    }[]
  }
  /** Where each team stands to it, sorted by team: those whose paths it changes or against whom it brings findings, and those that spoke unasked. */
  readonly approvals: readonly TeamApproval[]
  /** Teams without whose approval the workspace does not let it come into force; none once it is adopted. */
  readonly missing: readonly string[]
  /** What is in force now. */
  readonly head: {
    readonly revision: number
    /** Another revision came since the comparison, or since it was adopted. What was said stays. */
    readonly moved: boolean
  }
}

/** A team's fragments as they should become. */
export type ProposalRequest = {
  readonly team: string
  /** What the change is about. */
  readonly title?: string
  /** The text of each file, by its name relative to the workspace, with forward slashes. */
  readonly files: Readonly<Record<string, string>>
}

/** The revision in force, and the file set in it. */
export type Published = {
  readonly outcome: 'published' | 'unchanged'
  readonly revision: Revision
  readonly set: {
    readonly digest: string
    /** Digest of each file, by name. */
    readonly files: Readonly<Record<string, string>>
  }
  /** New conflicts that it brings, having been forced. */
  readonly conflicts: readonly ReportFinding[]
  /** Of a proposal that was adopted: the teams whose approval is missing. */
  readonly unapproved?: readonly TeamApproval[]
}

/** One branch of a failed disjunction. */
export type ReportAlternative = {
  readonly message: string
  readonly path: readonly string[]
  readonly conjuncts: readonly ReportConjunct[]
}

/** One authored contribution to a value. */
export type ReportConjunct = {
  readonly team: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text?: string
  readonly rule?: string
  readonly digest?: ReportDigest
}

/** SHA-256 of the file's bytes, in 64 hex digits, where that was asked for. */
export type ReportDigest = string

/** One thing that a check found, at one path. */
export type ReportFinding = {
  /** 32 hex digits of environment, kind, path and rule id; never of message, value or line. */
  readonly fingerprint: string
  readonly environment: string
  readonly kind: ReportKind
  /** What the finding leads to, by its kind alone. */
  readonly outcome: 'conflicts' | 'violates' | 'undecided' | 'none'
  readonly severity: 'error' | 'warning' | 'info'
  /** The constraint behind the finding. */
  readonly rule: {
    readonly id: string
    readonly title?: string
    readonly docs?: string
  }
  /** Labels; list positions as decimal strings; `[]` is the root. */
  readonly path: readonly string[]
  /** The path as CUE writes it. */
  readonly at: string
  /** CUE's own words, or the fragment's `error(…)`. */
  readonly message: string
  /** What the conjuncts ask for, as one short line of CUE: `>=2`; absent where no text says it. */
  readonly wanted?: string
  /** Every contributor, sorted. */
  readonly conjuncts: readonly ReportConjunct[]
  /** What observers reported there. */
  readonly observations: readonly ReportReported[]
  /** Branches of a failed disjunction. */
  readonly alternatives?: readonly ReportAlternative[]
  /** The team that owns the most specific path. */
  readonly owner?: string
  /** Whose conjuncts are involved, sorted. */
  readonly teams: readonly string[]
  /** The exemption that excuses it. */
  readonly exempted?: {
    readonly id: string
    readonly owner: string
    readonly expires: string
  }
  /** A baseline holds it: it was there before and does not count. */
  readonly known?: boolean
}

export type ReportKind =
  | 'conflict'
  | 'mismatch'
  | 'missing'
  | 'unexpected'
  | 'unobserved'
  | 'stale'
  | 'refused'
  | 'contested'
  | 'incomplete'
  | 'unreadable'
  | 'breach'
  | 'drift'
  | 'exemption'
  | 'lint'

/** Something worth knowing that is no finding. */
export type ReportNote = {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** One value that an observer reported, and where its document says so. */
export type ReportReported = {
  readonly observer: string
  readonly sequence: number
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** JSON pointer into the document. */
  readonly pointer?: string
  readonly digest?: ReportDigest
  /** Values longer than 1 kB are cut, and said to be. */
  readonly value?: unknown
}

/** The worst outcome of the findings that count. */
export type ReportVerdict = 'conforms' | 'violates' | 'conflicts' | 'undecided'

/** How long a workspace's history is kept. What is in force is never forgotten. */
export type Retention = {
  /** Days; absent: for ever. */
  readonly snapshotsDays?: number
  /** Days; absent: for ever. */
  readonly findingsDays?: number
  /** Days; absent: for ever. */
  readonly eventsDays?: number
}

/** One change of the desired state. */
export type ReviewChange = {
  /** The path as CUE writes it, with patterns in brackets. */
  readonly at: string
  /** Labels; `[]` is the root. */
  readonly path: readonly string[]
  /** `tighter`: less is permitted; `looser`: more; `changed`: something else; `unordered`: which of these is not proven; `default`: only what holds where nothing is said. */
  readonly change: 'added' | 'removed' | 'tighter' | 'looser' | 'changed' | 'unordered' | 'default'
  /** CUE text; absent where there was nothing. */
  readonly before?: string
  /** CUE text; absent where there is nothing. */
  readonly after?: string
  readonly example?: ReviewExample
  /** Goes the other way than `example`, where some values are permitted more and others less. */
  readonly opposite?: ReviewExample
  /** At how many observed places it says something, where that can be told: those that it means, and those that it misses. */
  readonly matches?: number
  /** Of these, at how many something is newly found that counts. */
  readonly hits?: number
  /** Whose lines `conjuncts` are: those of the base where the head only lacks something. */
  readonly side: 'base' | 'head'
  /** What makes it, without what both sides say. */
  readonly conjuncts: readonly ReportConjunct[]
  /** The team that owns the most specific path. */
  readonly owner?: string
  /** Whose conjuncts are involved, sorted. */
  readonly teams: readonly string[]
}

/** Findings of one side alone. */
export type ReviewComingAndGoing = {
  readonly new: readonly ReportFinding[]
  readonly resolved: readonly ReportFinding[]
}

/** What the change does in one environment. */
export type ReviewEnvironment = {
  readonly name: string
  /** Where only one side has the environment. */
  readonly only?: 'base' | 'head'
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
    /** File names, or `-`. */
    readonly source: string
    readonly digest: string
  }[]
  /** Of the desired state, sorted by path. */
  readonly changes: readonly ReviewChange[]
  readonly conflicts: ReviewComingAndGoing
  readonly findings: ReviewFindingDelta
  /** Constraints that meet on no current data but can never both hold; absent where the engine cannot tell. */
  readonly latent?: ReviewComingAndGoing
  /** What goes wrong silently in fragments; absent where the engine cannot tell. */
  readonly lints?: ReviewComingAndGoing
}

/** A value that is permitted on one side alone. */
export type ReviewExample = {
  /** Any JSON value. */
  readonly value: unknown
  readonly before: ReviewPermission
  readonly after: ReviewPermission
}

/** An exemption on both sides. */
export type ReviewExemptionPair = {
  readonly before: ExemptionsExemption
  readonly after: ExemptionsExemption
}

/** How the findings of two checks differ. */
export type ReviewFindingDelta = {
  readonly new: readonly ReportFinding[]
  readonly resolved: readonly ReportFinding[]
  /** The same finding with another message, severity or outcome. */
  readonly changed: readonly ReviewFindingPair[]
  /** The same finding under another rule id. */
  readonly renamed: readonly ReviewFindingPair[]
}

/** A finding on both sides. */
export type ReviewFindingPair = {
  readonly before: ReportFinding
  readonly after: ReportFinding
}

export type ReviewPermission = 'allowed' | 'refused'

/** A rule of one team, and the environments that this is about. */
export type ReviewRule = {
  readonly id: string
  readonly title?: string
  readonly team: string
  readonly environments: readonly string[]
  readonly sites: readonly ReportConjunct[]
}

export type ReviewSeverity = 'error' | 'warning' | 'info' | 'off'

/** Another severity of a rule that stays. */
export type ReviewSeverityChange = {
  readonly rule: ReviewRule
  /** Where a check is asked for. */
  readonly entries: readonly ('ci' | 'api' | 'admission')[]
  readonly before: ReviewSeverity
  readonly after: ReviewSeverity
  readonly lowered: boolean
}

/** One state of what a workspace demands, in force from its moment until the next one. */
export type Revision = {
  readonly workspace: string
  readonly revision: number
  readonly at: string
  readonly by: string
  /** What made it. */
  readonly cause:
    | {
        readonly kind: 'workspace' | 'shared'
      }
    | {
        readonly kind: 'fragments'
        readonly team: string
      }
    | {
        readonly kind: 'proposal'
        readonly proposal: string
        readonly team: string
      }
  /** Whether it came into force although it conflicts, or although approvals that the workspace asks for were missing. */
  readonly forced: boolean
  readonly parts: {
    /** Digest of the workspace document. */
    readonly workspace: string
    /** Digest of the shared files. */
    readonly shared?: string
    /** Digest of each team's files. */
    readonly teams: Readonly<Record<string, string>>
  }
}

/** A rule that fragments state, and what stands against it. */
export type Rule = {
  readonly id: string
  readonly title?: string
  readonly docs?: string
  readonly team: string
  /** False for an id that comes from team and path. */
  readonly explicit: boolean
  /** By where a check is asked for. */
  readonly severity: {
    readonly ci: 'error' | 'warning' | 'info' | 'off'
    readonly api: 'error' | 'warning' | 'info' | 'off'
    readonly admission: 'error' | 'warning' | 'info' | 'off'
  }
  readonly sites: readonly ReportConjunct[]
  /** How many findings, by outcome. */
  readonly findings: {
    readonly conflicts: number
    readonly violates: number
    readonly undecided: number
    readonly none: number
  }
  /** How many findings an exemption excuses. */
  readonly exempted: number
  /** How many violations stood in each of the last 12 weeks, oldest week first. */
  readonly weeks: readonly number[]
  /** The last moment of these weeks at which it was violated. Absent: it was not. */
  readonly lastViolated?: string
  /** How many cases of tests expect to find it. Absent: the workspace has no tests. */
  readonly tests?: number
}

/** What a token gives: `read:WORKSPACE`, `check:WORKSPACE`, `admin:WORKSPACE`, `observe:WORKSPACE/OBSERVER`, `publish:WORKSPACE/TEAM` or `review:WORKSPACE/TEAM`; `*` stands for every workspace, observer or team. */
export type Scope = string

/** What a browser signs in with. */
export type SignInRequest = {
  /** A token that the server believes: one of its own, or a JSON Web Token. */
  readonly token: string
}

/** One immutable report of one observer. */
export type SnapshotDocument = {
  /** Version of this document. */
  readonly snapshot: 1
  /** Who reports. */
  readonly observer: string
  /** The observer's own counter; a later one replaces an earlier one. */
  readonly sequence: number
  /** The observer's own clock: shown, never used to order observers. */
  readonly observedAt: string
  /** The environment that was observed. */
  readonly environment?: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen?: Readonly<Record<string, number>>
  /** Path patterns that were looked at completely; there, absence is evidence. Absent: everything. */
  readonly covers?: readonly string[]
  /** Where the observer was not allowed to look, and why. */
  readonly refused?: readonly {
    /** Path pattern. */
    readonly path: string
    /** The words of whoever refused. */
    readonly reason: string
  }[]
  /** Paths of values that are there but hidden: undecided for whatever constrains them. */
  readonly masked?: readonly string[]
  /** What earlier applies set of objects in the state: where, never what. */
  readonly applied?: readonly {
    /** Path of the object. */
    readonly at: string
    /** Who applied. */
    readonly by: string
    /** Each member that was set, `f:` before its label, as a map of what was set below; `.`, or no member, says that the place itself was set and that nobody else set anything at or below it. */
    readonly fields: Readonly<Record<string, unknown>>
  }[]
  /** What the observer saw, from the root of the state. */
  readonly state: Readonly<Record<string, unknown>>
}

/** What a stored snapshot says of itself, without its state. */
export type StoredSnapshot = {
  /** Absent: it is about every environment. */
  readonly environment?: string
  /** Who reported. */
  readonly observer: string
  /** The observer's own counter. */
  readonly sequence: number
  /** The observer's own clock. */
  readonly observedAt: string
  /** The server's clock: when it was learned. */
  readonly receivedAt: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen: Readonly<Record<string, number>>
  /** Path patterns that were looked at completely. Absent: everything, unless the workspace says otherwise. */
  readonly covers?: readonly string[]
  /** Where the observer was not allowed to look, and why. */
  readonly refused: readonly {
    readonly path: string
    readonly reason: string
  }[]
  /** Of the text that is kept. */
  readonly digest: string
  /** Bytes of that text. */
  readonly size: number
  /** Who sent it. */
  readonly by: string
}

/** A workspace that the server keeps. */
export type StoredWorkspace = {
  readonly name: string
  readonly createdAt: string
  readonly retention: Retention
}

/** A team, what it may say and answers for, and what stands against it. */
export type Team = {
  readonly name: string
  readonly contact?: string
  readonly owns: readonly string[]
  readonly constrains?: readonly string[]
  readonly fragments: readonly {
    readonly path: string
  }[]
  /** Its files; absent: it has published none. */
  readonly set?: {
    readonly digest: string
    readonly files: number
  }
  /** How many findings it answers for, by outcome; exempted ones aside. */
  readonly findings: {
    readonly conflicts: number
    readonly violates: number
    readonly undecided: number
    readonly none: number
  }
  /** How many findings of consequence came within the last 24 hours. */
  readonly fresh: number
  /** Since when the oldest of them stands. Absent: there is none. */
  readonly oldest?: string
}

/** Where a team stands to a proposal. */
export type TeamApproval = {
  readonly team: string
  /** Whether the proposal changes what is the team's: its approval is waited for. */
  readonly required: boolean
  readonly state: 'waiting' | 'approved' | 'objected'
  /** Who said it for the team. */
  readonly by?: string
  readonly at?: string
  readonly words?: string
  /** What it said before the proposal was compared anew with another revision; it does not count. */
  readonly earlier?: {
    readonly state: 'approved' | 'objected'
    readonly by: string
    readonly at: string
    readonly words?: string
    /** The revision that it was compared with then, where that was kept. */
    readonly base?: number
  }
}

/** The verdicts of one environment over time. */
export type Timeline = {
  readonly name: string
  /** Oldest first; each has one verdict and the same counts. */
  readonly segments: readonly {
    readonly from: string
    /** Absent: it goes on. */
    readonly to?: string
    readonly verdict: ReportVerdict
    readonly counts: CheckCounts
    /** The check with which it began. */
    readonly check: number
    readonly cause: CheckCause
    readonly revision: number
    /** How many checks said so. */
    readonly checks: number
  }[]
  /** What comes from this moment on was left out; ask again from there. */
  readonly next?: string
  /** What stood before this moment was left out. */
  readonly earlier?: string
}

/** A finding over time. */
export type TrackedFinding = {
  readonly fingerprint: string
  readonly environment: string
  readonly kind: ReportKind
  readonly outcome: 'conflicts' | 'violates' | 'undecided' | 'none'
  readonly severity: 'error' | 'warning' | 'info'
  readonly rule: {
    readonly id: string
    readonly title?: string
    readonly docs?: string
  }
  readonly path: readonly string[]
  readonly at: string
  readonly message: string
  readonly wanted?: string
  readonly conjuncts: readonly ReportConjunct[]
  readonly observations: readonly ReportReported[]
  readonly alternatives?: readonly ReportAlternative[]
  readonly owner?: string
  readonly teams: readonly string[]
  readonly exempted?: {
    readonly id: string
    readonly owner: string
    readonly expires: string
  }
  /** The first check that had it. */
  readonly firstSeen: string
  /** Since when it stands without interruption. */
  readonly since: string
  /** The newest check that had it. */
  readonly lastSeen: string
  /** The first check without it. Absent: it stands. */
  readonly resolved?: string
  /** How often it came back. */
  readonly reopened: number
  /** The address of its page; absent where the server does not know where people see its pages (`serve --base-url`). */
  readonly page?: string
}

/** A part of the desired and the observed state as the newest check saw it, a level at a time, with what was found below each label. */
export type Tree = {
  readonly workspace: string
  readonly environment: string
  readonly revision: number
  /** The check that it is the state of; absent before the first one. */
  readonly check?: number
  readonly checkedAt?: string
  readonly path: readonly string[]
  readonly at: string
  /** CUE text, where the path names no struct. */
  readonly text?: string
  /** The worst of what was found there and below; `undecided` also where nobody can say what is there. */
  readonly state: 'conforms' | 'undecided' | 'violates' | 'conflicts'
  /** How many findings, by outcome; those that an exemption holds count only as `exempted`. */
  readonly findings: {
    readonly conflicts: number
    readonly violates: number
    readonly undecided: number
    readonly none: number
  }
  readonly exempted: number
  /** More was found in the environment than is counted, which are 50,000: counts here and below may be too low. */
  readonly atLeast?: true
  /** Fields of the desired state that hold no further ones, at the path and below. */
  readonly fields: number
  /** The snapshots that take part, sorted by observer. */
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
  }[]
  readonly items: readonly TreeNode[]
  /** Labels beyond the limit. */
  readonly more: number
  /** The last label of these: ask for labels `after` it; absent at the end. */
  readonly next?: string
  /** Labels that `show` or `q` leave out. */
  readonly hidden: number
}

export type TreeNode = {
  readonly label: string
  readonly path: readonly string[]
  readonly at: string
  /** `observed`, `found`: the desired state names nothing there. */
  readonly kind: 'struct' | 'list' | 'value' | 'observed' | 'found'
  readonly mark?: '!' | '?'
  /** CUE text, but of a struct. */
  readonly text?: string
  /** Labels below, of all sorts; absent where there are none. */
  readonly members?: number
  /** How many findings, by outcome; those that an exemption holds count only as `exempted`. */
  readonly findings: {
    readonly conflicts: number
    readonly violates: number
    readonly undecided: number
    readonly none: number
  }
  readonly exempted: number
  /** What was found at the place itself, the first of it. */
  readonly found: readonly {
    readonly fingerprint: string
    readonly kind: string
    readonly outcome: 'conflicts' | 'violates' | 'undecided' | 'none'
    readonly severity: 'error' | 'warning' | 'info'
    readonly rule: string
    readonly exempted?: {
      readonly id: string
      readonly owner: string
      readonly expires: string
    }
  }[]
  /** The worst of what was found there and below; `undecided` also where nobody can say what is there. */
  readonly state: 'conforms' | 'undecided' | 'violates' | 'conflicts'
  /** Why nobody can say what is there; absent where somebody looks. */
  readonly unseen?: 'stale' | 'refused' | 'unobserved'
  /** Why, in the words of whoever looked last. */
  readonly unseenBecause?: string
  /** Who reported what there; of a map nothing, as that is below. */
  readonly observations: readonly {
    readonly observer: string
    readonly sequence: number
    readonly value: unknown
  }[]
  readonly owner?: string
  /** Teams that speak there or below, sorted. */
  readonly teams: readonly string[]
  /** CUE texts of what patterns say of any label below, where none is named. */
  readonly patterns?: readonly string[]
  readonly children?: {
    readonly items: readonly TreeNode[]
    /** Labels beyond the limit. */
    readonly more: number
    /** The last label of these: ask for labels `after` it; absent at the end. */
    readonly next?: string
    /** Labels that `show` or `q` leave out. */
    readonly hidden: number
  }
}

/** The ways by which a browser may sign in. */
export type WaysIn = {
  /** `token`: by a token; `provider`: by the identity provider, a link to `/v1/session/oidc?to=PATH`. None: there is nothing to sign in to. */
  readonly ways: readonly ('provider' | 'token')[]
}

/** congruent.yaml: the teams, where their fragments are, the environments, and where observations come from. */
export type Workspace = {
  /** Name of the workspace, as reports show it. */
  readonly workspace: string
  /** Who contributes constraints, by name. */
  readonly teams: Readonly<Record<string, WorkspaceTeam>>
  /** Packs of rules that come with Congruent. */
  readonly packs?: readonly WorkspacePack[]
  /** The same fragments with other constants, by name. None given: one environment named `default`. */
  readonly environments?: Readonly<Record<string, WorkspaceEnvironment>>
  /** Where observed state comes from. */
  readonly observations?: readonly WorkspaceObservation[]
  /** Severities for rules, by id. The last entry that matches wins. */
  readonly rules?: readonly WorkspaceRule[]
  /** Globs of the files that hold exemptions. */
  readonly exemptions?: readonly string[]
  /** Path patterns whose values are never shown, logged or stored. */
  readonly sensitive?: readonly WorkspacePathPattern[]
  /** Whose approval a change needs before a server lets it come into force. */
  readonly review?: WorkspaceReview
  /** Which evaluator does the work. */
  readonly engine?: 'cue-go' | 'cue-wasm' | 'cue-native'
}

/** Whole numbers with the units `s`, `m`, `h` and `d`, from large to small. */
export type WorkspaceDuration = string

/** One environment. */
export type WorkspaceEnvironment = {
  /** Values for the `@tag(name)` attributes of the fragments, and names that `@if(name)` asks for. */
  readonly tags?: Readonly<Record<string, string>>
}

/** Something that happened in a workspace. */
export type WorkspaceEvent =
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'revision'
      readonly revision: number
      readonly cause:
        | {
            readonly kind: 'workspace' | 'shared'
          }
        | {
            readonly kind: 'fragments'
            readonly team: string
          }
        | {
            readonly kind: 'proposal'
            readonly proposal: string
            readonly team: string
          }
      readonly forced: boolean
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'snapshot'
      readonly environment?: string
      readonly observer: string
      readonly sequence: number
      readonly observedAt: string
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'check'
      readonly environment: string
      readonly check: number
      readonly verdict: ReportVerdict
      readonly cause: CheckCause
      readonly change: {
        readonly added: number
        readonly gone: number
        readonly undecided: number
        /** What those that came count as; absent where a fault ended the check. */
        readonly addedAs?: {
          readonly conflicts: number
          readonly violates: number
          readonly undecided: number
          readonly none: number
          readonly exempted: number
        }
        /** Where something came or, where nothing did, went: a few paths. */
        readonly paths?: readonly string[]
      }
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'verdict'
      readonly environment: string
      readonly check: number
      readonly before?: ReportVerdict
      readonly after: ReportVerdict
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'finding'
      readonly environment: string
      readonly check: number
      readonly change: 'opened' | 'resolved' | 'reopened'
      readonly fingerprint: string
      readonly path: string
      readonly rule: string
      readonly owner?: string
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'stale'
      readonly environment: string
      readonly observer: string
      readonly sequence: number
    }
  | {
      /** 1, 2, 3 … within the workspace. */
      readonly event: number
      readonly at: string
      readonly by?: string
      readonly kind: 'proposal'
      readonly proposal: string
      /** Whose fragments it changes. */
      readonly team: string
      readonly state: 'open' | 'adopted'
      /** Where a team said something of it. */
      readonly approval?: {
        readonly team: string
        readonly state: 'approved' | 'objected' | 'withdrawn'
      }
      /** Where it was compared anew: with which revision. */
      readonly base?: number
    }

/** A path as text, or a map with the path and how to take it. */
export type WorkspaceFragment =
  | string
  | {
      /** `./dir` a CUE package, `./dir/...` every package below, `./dir:pkg` one package of several, `./x.yaml` or `./*.json` plain data. */
      readonly path: string
      /** The environments that it takes part in. Absent: every one. */
      readonly environments?: readonly string[]
      /** `kubernetes`: the files are manifests, put where the adapter puts observed objects; `compose`: Compose files, in the long forms that the adapter gives them; `jsonschema`: JSON Schemas, which say what is allowed at `at`; `crd`: CustomResourceDefinitions, which say it of the objects of their kinds. Absent: plain data. */
      readonly as?: 'kubernetes' | 'compose' | 'jsonschema' | 'crd'
      /** CUE path where the data is put; with `as: jsonschema` a path pattern: where the schema applies. Absent: the root. */
      readonly at?: string
      /** With `as: kubernetes`: the namespace of manifests that name none, though their kind belongs to one. */
      readonly namespace?: string
    }

/** Files that say what is really there, and how to read them. */
export type WorkspaceObservation = {
  /** Globs of files. `-` is standard input on the command line. */
  readonly files: readonly string[]
  /** The environment that is observed. Absent: every one. */
  readonly environment?: string
  /** How a document becomes observed state: `plain` as it stands, `snapshot` with observer, sequence and coverage, `kubernetes` objects, `compose` files, `terraform` what `terraform show -json` writes. */
  readonly adapter?: 'plain' | 'snapshot' | 'kubernetes' | 'compose' | 'terraform'
  /** CUE path where the state is put; may hold `{file}`, `{stem}` or `{index}` to give each document its key. Absent: the root. */
  readonly at?: string
  /** Where absence is evidence: `all` of it, only the `objects` that the input holds, all `kinds` that occur (kubernetes), or path patterns relative to the state. */
  readonly covers?: 'all' | 'objects' | 'kinds' | readonly WorkspacePathPattern[]
  /** Who reports. Absent: the file's name. */
  readonly observer?: string
  /** Snapshots older than this are stale. */
  readonly maxAge?: WorkspaceDuration
  /** Kubernetes only: objects that Helm makes before or after a release and in tests (`helm.sh/hook`) are objects like any other (`keep`), or are left out (`skip`). */
  readonly hooks?: 'keep' | 'skip'
  /** Kubernetes only: lists whose elements have a key become maps (`keyed`), or stay lists (`plain`). */
  readonly lists?: 'keyed' | 'plain'
  /** Kubernetes only: the namespace of objects that name none, though their kind belongs to one. */
  readonly namespace?: string
}

/** The name of a pack as text, or a map with the name and how to take it. */
export type WorkspacePack =
  | string
  | {
      /** Name of the pack; `congruent pack list` has them all. */
      readonly pack: string
      /** The team that the pack's rules count for. Absent: one named as the pack. */
      readonly team?: string
      /** The environments that it takes part in. Absent: every one. */
      readonly environments?: readonly string[]
      /** Values for the pack's parameters; `congruent pack show NAME` has them all. */
      readonly parameters?: Readonly<Record<string, unknown>>
    }

/** Labels as in a CUE path, a bare `*` for any one label or index; reaches everything below. */
export type WorkspacePathPattern = string

/** Whose approval a change needs before a server lets it come into force. */
export type WorkspaceReview = {
  /** `owners`: that of every team whose paths it changes, against whom it brings findings, or with whom it conflicts; `none`: nobody's. */
  readonly required?: 'owners' | 'none'
}

/** A severity for the rules whose id matches. */
export type WorkspaceRule = {
  /** Glob over rule ids; only `*` is special. */
  readonly rule: string
  /** Only in this environment. Absent: in every one. */
  readonly environment?: string
  /** Only where the check is asked for by a pipeline (`ci`), a program (`api`) or an admission controller (`admission`). Absent: everywhere. */
  readonly entry?: 'ci' | 'api' | 'admission'
  /** `off` drops the findings. */
  readonly severity: 'error' | 'warning' | 'info' | 'off'
}

/** One team: what it contributes, what it answers for, and what it may speak about. */
export type WorkspaceTeam = {
  /** What the team contributes to the desired state. May be empty. */
  readonly fragments: readonly WorkspaceFragment[]
  /** Path patterns that the team answers for: findings go to the owner of the most specific path. */
  readonly owns?: readonly WorkspacePathPattern[]
  /** If present: the only path patterns, beside those it owns, that the team's fragments may say anything about. Absent: everything. */
  readonly constrains?: readonly WorkspacePathPattern[]
  /** Where to reach the team, in any form. */
  readonly contact?: string
}

/** The verdict about a workspace at a moment: the worst of its environments. */
export type WorkspaceVerdict = {
  readonly workspace: string
  readonly at: string
  readonly verdict: ReportVerdict
  /** Sorted by name. */
  readonly environments: readonly {
    readonly name: string
    readonly verdict: ReportVerdict
    readonly since?: string
    readonly counts?: CheckCounts
    /** The check that says so. Absent: none was made, or it was worked out anew. */
    readonly check?: number
    readonly checkedAt?: string
    readonly revision?: number
    /** How many snapshots that check saw. */
    readonly snapshots?: number
    readonly fault?: {
      readonly code: string
      readonly message: string
    }
    /** Whether something has changed that no check has looked at yet. */
    readonly pending: boolean
  }[]
}
