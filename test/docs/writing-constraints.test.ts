import { readFileSync } from 'node:fs'
import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { withPacks } from '../../src/workspace/with-packs.ts'
import { memorySource } from '../support/memory-source.ts'

interface Block {
  readonly language: string
  readonly name: string
  readonly text: string
}

const recipes = readFileSync('docs/writing-constraints.md', 'utf8').split(/^## /m).slice(1)

function blocks(recipe: string): readonly Block[] {
  const pattern = /^```(\w+) ?([^\n]*)\n([^]*?)^```$/gm
  return Array.from(recipe.matchAll(pattern), ([, language = '', name = '', text = '']) => ({ language, name, text }))
}

/** The workspace that a recipe describes: its fragments, what was observed, and `congruent.yaml` around them. */
function workspaceOf(found: readonly Block[]): Record<string, string> {
  const files: Record<string, string> = {}
  let congruent = ''
  const teams = new Set<string>()
  for (const { language, name, text } of found) {
    if (name === 'congruent') congruent += text
    else if (name === 'fragment') files['team/data.yaml'] = text
    else if (language === 'yaml') files[name === '' ? 'observed.yaml' : name] = text
    else if (language === 'cue') {
      const file = name === '' ? 'team/rules.cue' : name
      files[file] = name === '' ? `package team\n\n${text}` : text
      teams.add(file.split('/')[0] ?? '')
    }
  }
  if (files['team/data.yaml'] !== undefined) teams.add('team')
  if (!congruent.includes('teams:')) {
    congruent += 'teams:\n'
    for (const team of [...teams].toSorted()) {
      const fragment = files['team/data.yaml'] === undefined ? `./${team}` : './team/data.yaml'
      congruent += `  ${team}: { fragments: [${fragment}] }\n`
    }
  }
  if (!congruent.includes('observations:')) congruent += 'observations:\n  - { files: [observed.yaml] }\n'
  files['congruent.yaml'] = `workspace: recipe\n${congruent}`
  return files
}

t.test('every recipe finds what the page says', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  let run = 0
  for (const recipe of recipes) {
    const found = blocks(recipe)
    if (!found.some(({ language }) => language === 'findings')) continue
    const title = recipe.split('\n')[0] ?? ''
    // A page may hold several recipes under one title: each ends with its findings.
    let start = 0
    for (const [index, { language, text }] of found.entries()) {
      if (language !== 'findings') continue
      const { report } = await congruent.check({
        source: withPacks(memorySource(workspaceOf(found.slice(start, index)))),
      })
      const says = report.findings.map(({ environment, kind, at, rule, exempted }) => {
        const only = report.environments.length === 1 ? '' : `${environment}: `
        return `${only}${exempted === undefined ? '' : 'exempted: '}${kind} ${at} ${rule.id}`
      })
      t.same(says, text.trim().split('\n'), title)
      start = index + 1
      run += 1
    }
  }
  t.ok(run >= 15, `${run} recipes were run`)
})
