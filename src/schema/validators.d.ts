// Types of validators.js, which scripts/validators.mjs writes next to the compiled code from schemas/.

/** One failure in ajv's words. */
export interface SchemaError {
  /** JSON pointer of the value. */
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  /** The schema that holds the keyword. */
  readonly parentSchema?: {
    readonly title?: string
    readonly properties?: Readonly<Record<string, unknown>>
  }
}

/** Says whether a value fits; if not, `errors` holds every failure of the last call. */
export interface Validator {
  (value: unknown): boolean
  readonly errors?: readonly SchemaError[] | null
}

export declare const validateWorkspace: Validator
export declare const validateSnapshot: Validator
export declare const validateSentState: Validator
