import { readFileSync } from 'node:fs'
import t from 'tap'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'

const page = readFileSync('docs/fragments.md', 'utf8')

/** The blocks of one name, in the order of the page. */
function blocks(name: string): readonly string[] {
  return [...page.matchAll(/^```\w+ (\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, text = '']) =>
    kind === name ? [text] : [],
  )
}

/** What a check of a workspace finds, as the page writes it. */
async function found(dir: string): Promise<string> {
  const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }) })
  try {
    const { report } = await congruent.check({ source: folderSource(dir) })
    return report.findings.map(({ kind, at, message }) => `${kind} ${at}: ${message}\n`).join('')
  } finally {
    await congruent.close()
  }
}

t.test('JSON Schema', async (t) => {
  const observed = { services: { web: { config: { mode: 'slow', extra: true } }, db: {} } }
  const dir = t.testdir({
    'congruent.yaml': `${blocks('workspace')[0] ?? ''}observations: [{ files: [observed.json] }]\n`,
    'service.schema.yaml': blocks('schema')[0] ?? '',
    'observed.json': JSON.stringify(observed),
  })
  t.equal(await found(dir), blocks('findings')[0])
})

t.test('CustomResourceDefinition', async (t) => {
  const widget = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { size: 0, colour: 'red' },
  }
  const dir = t.testdir({
    'congruent.yaml': `${blocks('workspace')[1] ?? ''}observations: [{ files: [a.json], adapter: kubernetes }]\n`,
    crds: { 'widgets.yaml': blocks('definition')[0] ?? '' },
    'a.json': JSON.stringify(widget),
  })
  t.equal(await found(dir), blocks('findings')[1])
})

t.test('Starlark', async (t) => {
  const dir = t.testdir({ 'congruent.yaml': blocks('workspace')[2] ?? '', 'shop.star': blocks('script')[0] ?? '' })
  const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }) })
  t.teardown(() => congruent.close())
  const { desired } = await congruent.unify({ source: folderSource(dir), want: ['json'] })
  t.same(JSON.parse(desired?.json ?? ''), JSON.parse(blocks('desired')[0] ?? ''))
})
