import type { Command, Option } from './command.ts'
import type { Parsed } from './program.ts'

/** A command to run. */
export type Run = Extract<Parsed, { kind: 'run' }>

/**
 * Reads a command line that is written plainly, without what `program.ts` needs: the command first, then options by their full names and
 * arguments. Undefined for any other (help, mistakes, `-eprod`), which is for the careful reader; what both read, they read alike.
 */
export function plainArguments(
  [name = '', ...words]: readonly string[],
  commands: Readonly<Record<string, Command>>,
): Run | undefined {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return undefined
  const options = command.options.map(readable)
  const flags: Record<string, unknown> = {}
  for (const { key, standard } of options) if (standard !== undefined) flags[key] = standard
  const args: string[] = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word === '-' || !word.startsWith('-')) {
      args.push(word)
      continue
    }
    const [, typed = word, given] = /^(--[^=]*)=(.*)$/s.exec(word) ?? []
    const option = options.find(({ names }) => names.includes(typed))
    if (option === undefined) return undefined
    const value = option.takes === 'value' ? (given ?? words[(index += 1)]) : given
    const read = valueOf(option, value)
    if (read === undefined) return undefined
    const before = flags[option.key]
    flags[option.key] = option.repeatable ? [...(Array.isArray(before) ? before : []), read] : read
  }
  return fits(command, args) ? { kind: 'run', command, flags, args } : undefined
}

/** What an option's flags say. */
interface Readable extends Pick<Option, 'choices' | 'bare'> {
  /** `-e` and `--environment`. */
  readonly names: readonly string[]
  readonly key: string
  readonly takes: 'value' | 'perhaps' | 'nothing'
  readonly negates: boolean
  readonly standard?: string | boolean
  readonly repeatable: boolean
}

function readable({ flags, default: given, choices, bare, repeatable = false }: Option): Readable {
  const names = flags.split(/,? /).filter((word) => word.startsWith('-'))
  const long = names.find((name) => name.startsWith('--')) ?? ''
  const negates = long.startsWith('--no-')
  const standard = negates ? true : given
  return {
    names,
    key: camelCase(long.slice(negates ? '--no-'.length : '--'.length)),
    takes: flags.includes('<') ? 'value' : flags.includes('[') ? 'perhaps' : 'nothing',
    negates,
    repeatable,
    ...(standard === undefined ? {} : { standard }),
    ...(choices === undefined ? {} : { choices }),
    ...(bare === undefined ? {} : { bare }),
  }
}

/** What an option comes to; undefined where that is not plain. */
function valueOf({ takes, negates, choices, bare }: Readable, value: string | undefined): string | boolean | undefined {
  if (takes === 'nothing') return value === undefined ? !negates : undefined
  const text = takes === 'perhaps' ? (value ?? bare) : value
  if (text === undefined || text === '' || text.startsWith('-')) return undefined
  return choices === undefined || choices.includes(text) ? text : undefined
}

function fits({ arguments: known }: Command, args: readonly string[]): boolean {
  const least = known.filter(({ name }) => name.startsWith('<')).length
  const most = known.some(({ name }) => name.includes('...')) ? Infinity : known.length
  return args.length >= least && args.length <= most
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
