import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander'
import type { Command, Option } from './command.ts'
import { exitStatuses } from './exit-status.ts'
import type { Flags } from './flags.ts'

/** What a command line comes to: a command to run, or an answer at once (help, the version, a usage error). */
export type Parsed =
  | { readonly kind: 'run'; readonly command: Command; readonly flags: Flags; readonly args: readonly string[] }
  | { readonly kind: 'said'; readonly stdout: string; readonly stderr: string; readonly status: number }

/** Reads a command line against the table of commands. */
export function parseArguments(
  argv: readonly string[],
  commands: Readonly<Record<string, Command>>,
  version: string,
): Parsed {
  let stdout = ''
  let stderr = ''
  let parsed: Parsed | undefined
  const program = new Commander('congruent')
    .description('Unify the CUE constraints of several teams, and check what is observed against them.')
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('see `congruent --help`')
    .configureOutput({
      writeOut: (text) => (stdout += text),
      writeErr: (text) => (stderr += text),
      outputError: (text, put) => put(inOurWords(text)),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .addHelpText('after', '\nExit status: 0 conforms, 1 violates, 2 usage, 3 conflicts, 4 undecided, 5 fault.')
  for (const [name, command] of Object.entries(commands)) {
    const sub = program
      .command(name)
      .description(command.summary)
      .showHelpAfterError(`see \`congruent ${name} --help\``)
      .addHelpText('after', examplesText(command))
      .action((...given: unknown[]) => {
        parsed = { kind: 'run', command, flags: sub.opts<Record<string, unknown>>(), args: argumentsOf(given) }
      })
    for (const { name, description } of command.arguments) sub.argument(name, description)
    for (const option of command.options) sub.addOption(commanderOption(option))
  }
  try {
    program.parse(withBareValues(argv, commands), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const status = error.exitCode === 0 ? exitStatuses.conforms : exitStatuses.usage
    return { kind: 'said', stdout, stderr, status }
  }
  return parsed ?? { kind: 'said', stdout, stderr, status: exitStatuses.usage }
}

function commanderOption({ flags, description, default: standard, choices, repeatable }: Option): CommanderOption {
  const option = new CommanderOption(flags, description)
  if (standard !== undefined) option.default(standard)
  if (choices !== undefined) option.choices(choices)
  if (repeatable === true) option.argParser((value: string, before?: readonly string[]) => [...(before ?? []), value])
  return option
}

/** Commander hands each declared argument over, a list for those that repeat, and then flags and itself. */
function argumentsOf(given: readonly unknown[]): readonly string[] {
  return given
    .slice(0, -2)
    .flat()
    .flatMap((value) => (typeof value === 'string' ? [value] : []))
}

/** An option whose value may be left out never takes the next word for it: `--allow-undecided FILE` names a file. */
function withBareValues(argv: readonly string[], commands: Readonly<Record<string, Command>>): readonly string[] {
  const bare = new Map(
    Object.values(commands)
      .flatMap(({ options }) => options)
      .flatMap(({ flags, bare }) => (bare === undefined ? [] : [[/--[\w-]+/.exec(flags)?.[0] ?? '', bare] as const])),
  )
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    const value = end === -1 || index < end ? bare.get(word) : undefined
    return value === undefined ? word : `${word}=${value}`
  })
}

function examplesText({ examples }: Command): string {
  return `\nExamples:\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join('\n')}`
}

/** Commander's errors in the form of all our messages: who speaks, lower case, what was typed in backticks. */
function inOurWords(text: string): string {
  return text.replace(/^error: /, 'congruent: ').replaceAll(/'([^'\n]*)'/g, '`$1`')
}
