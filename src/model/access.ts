/** What a request needs, or a token gives. `*` as a workspace gives every one; `observe` and `publish` may end in `/*`. */
export type Scope =
  | `read:${string}`
  | `check:${string}`
  | `observe:${string}/${string}`
  | `publish:${string}/${string}`
  | `review:${string}/${string}`
  | `admin:${string}`

/** Who asks, and what they may. */
export interface Subject {
  /** For the audit log and for `by`: the name of a token, the subject of a JWT, or `anonymous`. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** RFC 3339: when what they showed ends by itself, where it does. */
  readonly until?: string
  /** Of a browser that is signed in. */
  readonly session?: {
    /** What its pages send along with whatever changes something. */
    readonly csrf: string
  }
}

/** A token as it is kept: never its secret. */
export interface StoredToken {
  /** The first 16 hex digits of the SHA-256 of the secret: by them a secret that is shown finds what it may be. */
  readonly id: string
  /** Of all tokens that are in force, one has it. */
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: string
  readonly expiresAt?: string
  readonly revokedAt?: string
}

/** One change that somebody made. */
export interface AuditEntry {
  readonly at: string
  readonly by: string
  /** What was done: `publish fragments`, `put workspace`, `delete workspace`, `create token`, … */
  readonly action: string
  readonly workspace?: string
  readonly subject?: string
  /** The revision that it made. */
  readonly revision?: number
  /** The identifier of the request, to find it in the log. */
  readonly request?: string
}
