import { posix, win32 } from 'node:path'

/** What the world outside says about how to show things and where to find them, read once. */
export interface Config {
  /** Colour on standard output. */
  readonly colour: boolean
  /** Columns of the terminal, or what is readable where there is none. */
  readonly width: number
  /** Whether to show that long work goes on. */
  readonly progress: boolean
  /** File of the program that is the engine `cue-native`; absent: where the package has it. */
  readonly engineProgram?: string
  /** The folder in which results are remembered between runs; absent where they are not, or the system has no place for it. May be relative if it was named so. */
  readonly cache?: string
  /** The address of the database that servers and workers share. */
  readonly database?: string
  /** The folder in which a server keeps what it is told, where the command line names none; absent where the system has no place for it. */
  readonly data?: string
  /** Where spans of requests are sent, by OTLP over HTTP. */
  readonly traces?: string
  /** The server to ask, and the token for it, where the command line names none. */
  readonly server?: string
  readonly token?: string
  /** Where people see the server's pages, where the command line does not say so. */
  readonly baseUrl?: string
  /** The file to which a step of GitHub Actions adds what its page is to show. */
  readonly stepSummary?: string
}

/** A stream's own word on whether it is a terminal, and how wide. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

type Env = Readonly<Record<string, string | undefined>>

const widthWithoutTerminal = 120
const narrowest = 40

/**
 * Reads environment variables and flags; the only place that knows the variables' names: NO_COLOR, FORCE_COLOR, TERM,
 * CONGRUENT_ENGINE, CONGRUENT_CACHE, CONGRUENT_DATA, CONGRUENT_DATABASE, CONGRUENT_SERVER, CONGRUENT_TOKEN, CONGRUENT_BASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT,
 * GITHUB_STEP_SUMMARY, and those that say where a user's files are: XDG_CACHE_HOME, XDG_DATA_HOME, HOME, LOCALAPPDATA.
 */
export function readConfig(
  env: Env,
  flags: {
    readonly color: 'auto' | 'always' | 'never'
    readonly quiet: boolean
    readonly engineProgram?: string
    readonly noCache?: boolean
  },
  streams: { readonly stdout: Terminal; readonly stderr: Terminal },
  platform: NodeJS.Platform = process.platform,
): Config {
  const isSet = (name: string): boolean => (env[name] ?? '') !== ''
  const forced = isSet('FORCE_COLOR') && env['FORCE_COLOR'] !== '0'
  const able = streams.stdout.isTTY === true && env['TERM'] !== 'dumb'
  const engineProgram = flags.engineProgram ?? (env['CONGRUENT_ENGINE'] || undefined)
  const automatic = !isSet('NO_COLOR') && (forced || (able && env['FORCE_COLOR'] !== '0'))
  const cache = flags.noCache === true ? undefined : cacheFolder(env, platform)
  const database = env['CONGRUENT_DATABASE'] || undefined
  const data = dataFolder(env, platform)
  const traces = env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined
  const server = env['CONGRUENT_SERVER'] || undefined
  const token = env['CONGRUENT_TOKEN'] || undefined
  const baseUrl = env['CONGRUENT_BASE_URL'] || undefined
  const stepSummary = env['GITHUB_STEP_SUMMARY'] || undefined
  return {
    colour: flags.color === 'always' || (flags.color === 'auto' && automatic),
    width: Math.max(narrowest, streams.stdout.columns ?? widthWithoutTerminal),
    progress: streams.stderr.isTTY === true && env['TERM'] !== 'dumb' && !flags.quiet,
    ...(engineProgram === undefined ? {} : { engineProgram }),
    ...(cache === undefined ? {} : { cache }),
    ...(database === undefined ? {} : { database }),
    ...(data === undefined ? {} : { data }),
    ...(traces === undefined ? {} : { traces }),
    ...(server === undefined ? {} : { server }),
    ...(token === undefined ? {} : { token }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(stepSummary === undefined ? {} : { stepSummary }),
  }
}

/** The folder for what is remembered: the one that is named, else where the system keeps what a program can make again. */
function cacheFolder(env: Env, platform: NodeJS.Platform): string | undefined {
  const named = env['CONGRUENT_CACHE'] ?? ''
  if (named !== '') return named
  if (platform === 'win32') return below(env, platform, 'LOCALAPPDATA')
  if (platform === 'darwin') return below(env, platform, 'HOME', 'Library', 'Caches')
  return below(env, platform, 'XDG_CACHE_HOME') ?? below(env, platform, 'HOME', '.cache')
}

/** The folder for what must be kept. */
function dataFolder(env: Env, platform: NodeJS.Platform): string | undefined {
  const named = env['CONGRUENT_DATA'] ?? ''
  if (named !== '') return named
  const system = (): string | undefined => {
    if (platform === 'win32') return below(env, platform, 'LOCALAPPDATA')
    if (platform === 'darwin') return below(env, platform, 'HOME', 'Library', 'Application Support')
    return below(env, platform, 'XDG_DATA_HOME') ?? below(env, platform, 'HOME', '.local', 'share')
  }
  const folder = system()
  return folder === undefined ? undefined : pathsOf(platform).join(folder, 'data')
}

function below(env: Env, platform: NodeJS.Platform, name: string, ...names: readonly string[]): string | undefined {
  const paths = pathsOf(platform)
  const folder = env[name] ?? ''
  return paths.isAbsolute(folder) ? paths.join(folder, ...names, 'congruent') : undefined
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}
