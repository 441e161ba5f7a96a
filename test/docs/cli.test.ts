import { readFileSync } from 'node:fs'
import t from 'tap'
import { commands } from '../../src/cli/commands.ts'
import type { Command } from '../../src/cli/command.ts'
import { exitStatuses } from '../../src/cli/exit-status.ts'

const page = readFileSync('docs/cli.md', 'utf8')
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).replaceAll('\\', ''), section]),
)

/** The rows of a section's table of options: flags, default, meaning. */
function rowsOf(section: string): readonly (readonly string[])[] {
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `-'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}

t.test('every command has its section, and no other', async (t) => {
  const titles = Object.entries<Command>(commands).map(([name, command]) =>
    ['congruent', name, ...command.arguments.map((argument) => argument.name)].join(' '),
  )
  t.strictSame([...sections.keys()], titles)
})

t.test('every option of every command is in its table with the same default, in the same order', async (t) => {
  for (const [name, command] of Object.entries<Command>(commands)) {
    const section = [...sections].find(([title]) => title.split(' ')[1] === name)?.[1] ?? ''
    const rows = rowsOf(section)
    t.strictSame(
      rows.map(([flags, standard]) => [flags, standard]),
      command.options.map(({ flags, default: standard }) => [flags, standard ?? '']),
      name,
    )
    for (const [index, { choices = [] }] of command.options.entries()) {
      for (const choice of choices)
        t.ok(rows[index]?.[2]?.includes(choice), `${name}: ${rows[index]?.[0]} tells of ${choice}`)
    }
  }
})

t.test('every exit status is told', async (t) => {
  for (const status of Object.values(exitStatuses))
    t.match(page, new RegExp(`^\\| ${status} \\||exits with ${status}\\b`, 'm'))
})
