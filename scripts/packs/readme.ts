import type { ShownPack } from '../../src/model/pack.ts'

const begin = '<!-- made by `npm run packs:readme` from the CUE: -->'
const end = '<!-- until here -->'

/** The README of a pack, with what its CUE says of rules and parameters between the marks that stand in it. */
export function readmeWith(pack: ShownPack, readme: string): string {
  const [before, rest = ''] = readme.split(`${begin}\n`)
  const after = rest.split(`${end}\n`)[1]
  if (before === undefined || after === undefined)
    throw new Error(
      `policies/${pack.pack}/README.md has no lines \`${begin}\` and \`${end}\` with the tables between them`,
    )
  return `${before}${begin}\n\n${[...rulesTable(pack), '', ...parametersTable(pack)].join('\n')}${end}\n${after}`
}

function rulesTable({ rules }: ShownPack): readonly string[] {
  return [
    '| rule | severity | what it says |',
    '|---|---|---|',
    ...rules.map(
      ({ id, severity, title, docs }) =>
        `| ${docs === undefined ? `\`${id}\`` : `[\`${id}\`](${docs})`} | ${severity} | ${cell(title)} |`,
    ),
  ]
}

function parametersTable({ parameters }: ShownPack): readonly string[] {
  if (parameters === undefined || parameters.members.length === 0) return []
  return [
    `| parameter of \`${parameters.definition}\` | takes | default | meaning |`,
    '|---|---|---|---|',
    ...parameters.members.map(
      ({ name, takes, default: standard, meaning }) =>
        `| \`${name}\` | \`${cell(takes)}\` | ${standard === undefined ? 'has to be set' : `\`${cell(standard)}\``} | ${cell(meaning)} |`,
    ),
    '',
    '',
  ]
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll(/\s+/g, ' ')
}
