import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import t from 'tap'

// Which folder of src/ may import which; nothing else may. A file directly in src/ counts as a folder of its own name.
// `types:x` allows `import type` from x and no more.
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  config: ['model', 'errors'],
  git: ['model', 'errors'],
  document: ['model', 'errors'],
  kubernetes: ['document', 'model', 'errors'],
  compose: ['document', 'model'],
  cluster: ['kubernetes', 'document', 'model', 'errors'],
  terraform: ['document', 'model'],
  rendering: ['kubernetes', 'compose', 'document', 'model', 'errors'],
  schema: ['model', 'errors'],
  engine: ['model', 'errors'],
  packs: ['schema', 'document', 'model', 'errors', 'types:workspace'],
  workspace: ['packs', 'git', 'kubernetes', 'compose', 'schema', 'document', 'model', 'errors', 'types:engine'],
  observation: [
    'kubernetes',
    'compose',
    'terraform',
    'schema',
    'document',
    'model',
    'errors',
    'types:workspace',
    'types:engine',
  ],
  check: ['model', 'errors', 'types:engine', 'types:workspace', 'types:observation'],
  report: ['document', 'model', 'errors'],
  patch: ['kubernetes', 'document', 'model'],
  lint: ['check', 'schema', 'workspace', 'model', 'errors', 'types:engine'],
  testing: ['check', 'workspace', 'schema', 'document', 'model', 'errors', 'types:observation', 'types:engine'],
  review: ['check', 'model', 'errors', 'types:engine', 'types:workspace'],
  acceptance: ['engine', 'document', 'model', 'errors'],
  evaluation: ['engine', 'document', 'model', 'errors', 'types:acceptance', 'types:memory', 'types:observation'],
  masking: ['model', 'errors'],
  operations: [
    'packs',
    'git',
    'check',
    'lint',
    'testing',
    'masking',
    'git',
    'kubernetes',
    'rendering',
    'patch',
    'review',
    'evaluation',
    'observation',
    'workspace',
    'schema',
    'document',
    'model',
    'errors',
    'types:cluster',
    'types:engine',
    'types:acceptance',
    'types:memory',
    'types:store',
    'types:queue',
    'types:outgoing',
  ],
  'at-once': ['operations', 'evaluation', 'acceptance', 'engine', 'document', 'model', 'errors'],
  store: ['document', 'memory', 'version', 'model', 'errors'],
  queue: ['model', 'errors', 'types:store'],
  outgoing: ['model', 'errors'],
  version: [],
  memory: ['version', 'model', 'errors', 'types:workspace', 'types:observation'],
  congruent: [
    'operations',
    'evaluation',
    'acceptance',
    'document',
    'memory',
    'version',
    'model',
    'errors',
    'types:engine',
    'types:workspace',
  ],
  service: [
    'operations',
    'version',
    'model',
    'errors',
    'types:congruent',
    'types:kubernetes',
    'types:store',
    'types:queue',
    'types:outgoing',
  ],
  http: [
    'outgoing',
    'report',
    'schema',
    'document',
    'config',
    'version',
    'model',
    'errors',
    'types:congruent',
    'types:service',
    'types:operations',
    'types:store',
    'types:queue',
  ],
  front: ['at-once', 'http', 'operations', 'model', 'errors', 'types:store'],
  client: ['schema', 'document', 'model', 'errors'],
  cli: [
    'client',
    'document',
    'kubernetes',
    'congruent',
    'memory',
    'report',
    'config',
    'version',
    'model',
    'errors',
    'types:operations',
    'types:workspace',
    'types:observation',
    'types:engine',
    'types:store',
    'types:queue',
    'types:http',
    'types:git',
  ],
  index: ['congruent', 'memory', 'model', 'errors', 'report', 'engine', 'workspace', 'types:operations'],
}

// The files that construct what is real: engines, and for servers the store and the queue as well.
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'cli/create-engine.ts': ['engine'],
  'cli/main.ts': ['workspace', 'git'],
  'cli/judged.ts': ['operations'],
  'cli/commands/capture.ts': ['operations'],
  'cli/commands/replay.ts': ['operations'],
  'cli/snapshots/live.ts': ['cluster', 'operations'],
  'cli/snapshots/take-snapshot.ts': ['operations'],
  'cli/seen.ts': ['operations'],
  'cli/stored-tokens.ts': ['operations', 'store'],
  'cli/http-serving.ts': ['front', 'http'],
  'cli/serving.ts': ['http', 'service', 'store', 'queue', 'outgoing', 'at-once'],
}

interface Import {
  readonly file: string
  readonly line: number
  readonly target: string
  readonly typeOnly: boolean
}

const root = 'src'

function folder(file: string): string {
  const [first = '', second] = file.split('/')
  return second === undefined ? first.replace(/\.ts$/, '') : first
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(`${root}/${file}`, 'utf8')
  const found: Import[] = []
  const pattern =
    /^\s*(import|export)\s+(type\s+)?([^'"]*?)\bfrom\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
  for (const match of text.matchAll(pattern)) {
    const specifier = match[4] ?? match[5] ?? ''
    if (!specifier.startsWith('.')) continue
    const target = posix.join(dirname(file), specifier)
    if (target.startsWith('..')) continue
    const line = text.slice(0, match.index).split('\n').length
    found.push({ file, line, target, typeOnly: match[2] !== undefined })
  }
  return found
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .sort()
const imports = files.flatMap(importsOf)

t.test('every folder of src/ has its arrows', async (t) => {
  for (const name of new Set(files.map(folder))) t.ok(arrows[name], `${name}: say in this test what it may import`)
})

t.test('imports point only where the arrows allow', async (t) => {
  t.ok(imports.length > 10, 'imports were found')
  for (const found of imports) {
    const from = folder(found.file)
    const to = folder(found.target)
    if (from === to) continue
    const allowed = [...(arrows[from] ?? []), ...(exceptions[found.file] ?? [])]
    const fits = allowed.includes(to) || (found.typeOnly && allowed.includes(`types:${to}`))
    if (!fits)
      t.fail(
        `${root}/${found.file}:${found.line} imports ${found.target}: ${from} may import ${allowed.join(', ') || 'nothing'}`,
      )
  }
})

t.test('no two folders import each other, types aside', async (t) => {
  const pairs = new Set(
    imports
      .filter((i) => !i.typeOnly && folder(i.file) !== folder(i.target))
      .map((i) => `${folder(i.file)} ${folder(i.target)}`),
  )
  for (const pair of pairs) t.notOk(pairs.has(pair.split(' ').toReversed().join(' ')), `${pair} in one direction only`)
})

t.test('the process is touched at the edge only', async (t) => {
  for (const file of files) {
    const text = readFileSync(`${root}/${file}`, 'utf8')
    t.notMatch(text, /\bprocess\.exit\(/, `${file} does not end the process`)
    t.notMatch(text, /\bprocess\.env\b/, `${file} does not read the environment`)
    t.notMatch(text, /^export default\b|^export \* from/m, `${file} exports by name`)
  }
})
