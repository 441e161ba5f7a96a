/** On whose behalf something is changed. */
export interface Asker {
  /** The subject of a token, or `anonymous`. */
  readonly by: string
  /** The identifier of the request. */
  readonly request?: string
}
