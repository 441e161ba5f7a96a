/** What the world outside says about how to show things, read once. */
export interface Config {
  /** Colour on standard output. */
  readonly colour: boolean
  /** Columns of the terminal, or what is readable where there is none. */
  readonly width: number
  /** Whether to show that long work goes on. */
  readonly progress: boolean
}

/** A stream's own word on whether it is a terminal, and how wide. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

const widthWithoutTerminal = 120
const narrowest = 40

/** Reads environment variables and flags; the only place that knows the variables' names: NO_COLOR, FORCE_COLOR, TERM. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: { readonly color: 'auto' | 'always' | 'never'; readonly quiet: boolean },
  streams: { readonly stdout: Terminal; readonly stderr: Terminal },
): Config {
  const isSet = (name: string): boolean => (env[name] ?? '') !== ''
  const forced = isSet('FORCE_COLOR') && env['FORCE_COLOR'] !== '0'
  const able = streams.stdout.isTTY === true && env['TERM'] !== 'dumb'
  const automatic = !isSet('NO_COLOR') && (forced || (able && env['FORCE_COLOR'] !== '0'))
  return {
    colour: flags.color === 'always' || (flags.color === 'auto' && automatic),
    width: Math.max(narrowest, streams.stdout.columns ?? widthWithoutTerminal),
    progress: streams.stderr.isTTY === true && env['TERM'] !== 'dumb' && !flags.quiet,
  }
}
