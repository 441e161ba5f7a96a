import { Fault } from '../errors.ts'
import { parseDuration } from '../model/duration.ts'
import type { EngineName } from '../operations/dependencies.ts'

/** The flags of one command line, by their long names as commander makes them: `failOn`. */
export type Flags = Readonly<Record<string, unknown>>

/** A flag's text, if given. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

/** The texts of a flag that may be repeated. */
export function textFlags(flags: Flags, name: string): readonly string[] {
  const value = flags[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** Whether a flag without a value was given. */
export function isSet(flags: Flags, name: string): boolean {
  return flags[name] === true
}

/** A flag that takes one of a few words. */
export function choiceFlag<const C extends string>(flags: Flags, name: string, choices: readonly C[]): C | undefined {
  const value = textFlag(flags, name)
  return choices.find((choice) => choice === value)
}

/** Engines that every package has. */
export const ownEngines: readonly EngineName[] = ['cue-go', 'cue-wasm']

/** An engine by name, and the file of its program if it was named, too. */
export interface EngineChoice {
  readonly name: EngineName
  readonly program?: string
}

const engineNames: readonly EngineName[] = [...ownEngines, 'cue-native']
const withProgram = 'cue-native='

/** `--engine`: a name, or `cue-native=PATH`. */
export function engineFlag(flags: Flags): EngineChoice | undefined {
  const text = textFlag(flags, 'engine')
  if (text === undefined) return undefined
  const name = engineNames.find((known) => known === text)
  if (name !== undefined) return { name }
  if (text.startsWith(withProgram) && text !== withProgram)
    return { name: 'cue-native', program: text.slice(withProgram.length) }
  throw new Fault(
    'USAGE',
    `\`--engine ${text}\` is no engine: expected \`cue-go\`, \`cue-wasm\`, \`cue-native\` or \`cue-native=PATH\``,
  )
}

/** `--timeout` in milliseconds. */
export function timeoutFlag(flags: Flags): number | undefined {
  const text = textFlag(flags, 'timeout')
  if (text === undefined) return undefined
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  throw new Fault('USAGE', `\`--timeout ${text}\` is no duration above zero: expected one such as \`30s\` or \`2m\``)
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

/** `--now` as a moment. */
export function nowFlag(flags: Flags): Date | undefined {
  const text = textFlag(flags, 'now')
  if (text === undefined) return undefined
  const now = new Date(text)
  if (rfc3339.test(text) && !Number.isNaN(now.getTime()) && isDay(text.slice(0, 10))) return now
  throw new Fault('USAGE', `\`--now ${text}\` is no time: expected RFC 3339, such as \`2026-03-01T12:00:00Z\``)
}

/** Whether a calendar has the day: a `Date` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A flag that is a whole number above zero. */
export function countFlag(flags: Flags, name: string): number | undefined {
  const text = textFlag(flags, name)
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Fault('USAGE', `\`--${name} ${text}\` is no number above zero: expected one such as \`4\``)
}

/** `--sequence`: an observer's own counter. */
export function sequenceFlag(flags: Flags): number | undefined {
  const text = textFlag(flags, 'sequence')
  if (text === undefined) return undefined
  const sequence = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(sequence)) return sequence
  throw new Fault('USAGE', `\`--sequence ${text}\` is no counter: expected a whole number from 0`)
}
