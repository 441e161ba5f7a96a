import fc from 'fast-check'
import t from 'tap'
import { exactJson } from '../../src/model/exact-json.ts'
import type { Command } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { plainArguments } from '../../src/cli/plain-arguments.ts'
import { parseArguments } from '../../src/cli/program.ts'

const table: Readonly<Record<string, Command>> = commands

const words = Object.values(table).flatMap(({ options }) =>
  options.flatMap(({ flags, choices = [] }) => [
    ...flags.split(/,? /).filter((word) => word.startsWith('-')),
    ...choices,
    ...choices.map((choice) => `${/--[\w-]+/.exec(flags)?.[0]}=${choice}`),
  ]),
)
const odd = ['-', '--', '-e', '-eprod', '-qq', '-Cx', '--env', '--format=', '--quiet=1', '--no-quiet', '--cache', '-h']
const plain = ['a', 'services.web', '', 'clear', 'help', 'check', '--environment=x', '--at={file}', '-1', '--x', 'é=1']

t.test('what is read plainly is read as the careful reader does', async (t) => {
  const seen = { plain: 0, careful: 0 }
  const line = fc.tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...Object.keys(table)) },
      { weight: 1, arbitrary: fc.constantFrom('', 'x', '-q', '--help') },
    ),
    fc.array(fc.constantFrom(...words, ...odd, ...plain), { maxLength: 6 }),
  )
  fc.assert(
    fc.property(line, ([command, rest]) => {
      const argv = [command, ...rest]
      const quick = plainArguments(argv, table)
      if (quick === undefined) {
        seen.careful += 1
        return
      }
      seen.plain += 1
      const careful = parseArguments(argv, table, '1.2.3')
      if (careful.kind !== 'run' || careful.command !== quick.command)
        throw new Error(`the careful reader refuses ${argv.join(' ')}`)
      const sorted = (flags: object): string => exactJson(flags, { sorted: true })
      if (sorted(careful.flags) !== sorted(quick.flags)) throw new Error(`${sorted(quick.flags)} of ${argv.join(' ')}`)
      if (JSON.stringify(careful.args) !== JSON.stringify(quick.args)) throw new Error(`arguments of ${argv.join(' ')}`)
    }),
    { numRuns: 4000 },
  )
  t.ok(seen.plain > 400 && seen.careful > 400, `${seen.plain} plain, ${seen.careful} not`)
})

t.test('what is mostly typed is plain', async (t) => {
  t.match(plainArguments(['check', '-C', 'shop', '-e', 'prod', '-e', 'dev', '--output', 'json=r.json', '-'], table), {
    command: commands.check,
    args: ['-'],
    flags: { directory: 'shop', environment: ['prod', 'dev'], output: ['json=r.json'], format: 'text', cache: true },
  })
  t.match(plainArguments(['check', '--allow-undecided', 'x.yaml', '--no-cache'], table), {
    args: ['x.yaml'],
    flags: { allowUndecided: 'any', cache: false },
  })
  t.match(plainArguments(['unify', '-q', '--format=json'], table), { flags: { quiet: true, format: 'json' }, args: [] })
  for (const argv of [
    [],
    ['--version'],
    ['check', '--help'],
    ['unify', 'a', 'b'],
    ['check', '-e'],
    ['check', '--', 'x'],
  ])
    t.equal(plainArguments(argv, table), undefined, argv.join(' '))
})
