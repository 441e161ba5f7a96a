import type { Config } from '../config.ts'
import type { Congruent } from '../congruent.ts'
import type { Git } from '../git/git.ts'
import type { Memory } from '../memory/memory.ts'
import type { EngineIdentity, EngineName } from '../operations/dependencies.ts'
import type { Source, SourceRead } from '../workspace/source.ts'
import type { Flags } from './flags.ts'
import type { Io } from './io.ts'

/** A command of the command line: what `--help` and docs/cli.md say of it, and what it does. */
export interface Command {
  readonly summary: string
  readonly arguments: readonly Argument[]
  readonly options: readonly Option[]
  /** Command lines with what each is for. */
  readonly examples: readonly (readonly [line: string, meaning: string])[]
  /** Does the work and answers the exit status. */
  run(context: CommandContext, flags: Flags, args: readonly string[]): Promise<number>
}

export interface Argument {
  /** `[path]`, `<path>`, `[file...]` */
  readonly name: string
  readonly description: string
}

export interface Option {
  /** `-e, --environment <name>`; `[x]` is a value that may be left out, always with `=`. */
  readonly flags: string
  readonly description: string
  readonly default?: string
  readonly choices?: readonly string[]
  readonly repeatable?: boolean
  /** What it stands for where its value is left out. */
  readonly bare?: string
}

/** What commands are given. */
export interface CommandContext {
  readonly io: Io
  readonly config: Config
  /** Opens the workspace in a folder. */
  open(dir: string): Promise<Source>
  readonly clock: () => Date
  /** What earlier runs worked out, for a workspace in a folder. */
  memory(workspace: string): Promise<Memory>
  /** The operations, over what is remembered; their engine starts at once, while inputs are read. Waiting for it may be left for later. */
  congruent(engine: EngineName | undefined, memory: Memory, requests?: 'few' | 'several'): Promise<Congruent>
  /** What each engine is. */
  engines(): Promise<readonly EngineIdentity[]>
  /** Runs git, where a command line needs it. */
  readonly git: Git
  /** Asks servers that the command line names. */
  readonly fetch: typeof globalThis.fetch
  /** Standard input, read once. */
  readonly stdin: () => Promise<SourceRead>
}
