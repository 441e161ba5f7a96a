import { readFileSync } from 'node:fs'
import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { workspaceLintTitles } from '../../src/lint/linted.ts'
import { memorySource } from '../support/memory-source.ts'

// Every section of the page is one lint: of its blocks the bad ones are found, the better ones are not, and a check says what the page says.

interface Block {
  readonly words: readonly string[]
  readonly text: string
}

interface Section {
  readonly name: string
  readonly blocks: readonly Block[]
}

const sections = readFileSync('docs/lint.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section): Section => {
    const [name = ''] = section.split('\n', 1)
    const found = section.matchAll(/^```(\w+)([^\n]*)\n([^]*?)^```$/gm)
    return {
      name,
      blocks: Array.from(found, ([, language = '', rest = '', text = '']) => ({
        words: [language, ...rest.split(' ').filter((word) => word !== '')],
        text,
      })),
    }
  })

type Form = 'bad' | 'better'

/** The workspace of a section, in its bad or its better form; what is neither is in both. */
function workspaceOf({ blocks }: Section, form: Form): Record<string, string> {
  const files: Record<string, string> = {}
  let congruent = ''
  for (const { words, text } of blocks) {
    const [language, ...names] = words
    const other: Form = form === 'bad' ? 'better' : 'bad'
    if (names.includes(other) || language === 'findings') continue
    const file = names.find((name) => name.includes('/'))
    if (language === 'cue') files[file ?? 'team/rules.cue'] = file === undefined ? `package team\n\n${text}` : text
    else if (names.includes('congruent')) congruent += text
    else if (names.includes('exemptions')) files['exemptions.yaml'] = text
    else files['observed.yaml'] = text
  }
  const teams = [...new Set(Object.keys(files).filter((file) => file.endsWith('.cue')))].map(
    (file) => file.split('/')[0],
  )
  if (!congruent.includes('teams:'))
    congruent += `teams:\n${teams.map((team) => `  ${team}: { fragments: [./${team}] }\n`).join('')}`
  if (files['exemptions.yaml'] !== undefined) congruent += 'exemptions: [exemptions.yaml]\n'
  if (files['observed.yaml'] !== undefined) congruent += 'observations:\n  - { files: [observed.yaml] }\n'
  files['congruent.yaml'] = `workspace: page\n${congruent}`
  return files
}

const congruent = createCongruent({ engine: createCueGo() })
t.teardown(() => congruent.close())

t.test('there is a section for every lint', async (t) => {
  const source = readFileSync('engine/lint/lints.go', 'utf8')
  const names = Array.from(source.matchAll(/^\t\w+ +Lint = "([a-z-]+)"$/gm), ([, name = '']) => name)
  t.ok(names.length > 10, 'lints were found')
  t.same(sections.map(({ name }) => name).toSorted(), [...names, ...Object.keys(workspaceLintTitles)].toSorted())
})

for (const section of sections) {
  t.test(`the page tells the truth of ${section.name}`, async (t) => {
    const lint = async (form: Form): Promise<readonly string[]> => {
      const { report } = await congruent.lint({ source: memorySource(workspaceOf(section, form)) })
      return [...new Set(report.findings.map(({ rule }) => rule.id))]
    }
    t.same(await lint('bad'), [`congruent:lint/${section.name}`], 'the bad form is found')
    t.same(await lint('better'), [], 'the better form is not')
    const said = section.blocks.filter(({ words: [language] }) => language === 'findings')
    for (const [index, form] of (['bad', 'better'] as const).entries()) {
      const expected = said[index]
      if (expected === undefined) continue
      const { report } = await congruent.check({ source: memorySource(workspaceOf(section, form)) })
      const found = report.findings.map(({ kind, at, rule }) => `${kind} ${at} ${rule.id}\n`).join('')
      t.equal(found, expected.text, `what a check says of the ${form} form`)
    }
  })
}
