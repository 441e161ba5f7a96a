import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import type { Exemptions } from '../../src/model/exemption.ts'
import { type Schema, typeText } from '../support/schema-types.ts'

const names = readdirSync('schemas')
  .filter((name) => name.endsWith('.schema.json'))
  .sort()

function schemaOf(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}`, 'utf8'))
}

/** Schema file → the module and the type that say the same; parts under `$defs` name their types by title. */
const twins: Readonly<
  Record<string, readonly [module: string, type: string, parts: Readonly<Record<string, string>>]>
> = {
  'workspace.schema.json': [
    'workspace',
    'Workspace',
    { team: 'Team', observation: 'ObservationEntry', rule: 'RuleEntry', review: 'ReviewSettings' },
  ],
  'snapshot.schema.json': ['snapshot', 'SnapshotDocument', {}],
  'sent-state.schema.json': ['sent-state', 'SentState', {}],
  'exemptions.schema.json': ['exemption', 'Exemptions', {}],
  'test.schema.json': [
    'test-document',
    'TestDocument',
    { case: 'TestEntry', given: 'Given', fragment: 'GivenFragment', expect: 'Expected', finding: 'ExpectedFinding' },
  ],
  'pack.schema.json': ['pack', 'PackDocument', {}],
  'baseline.schema.json': ['baseline', 'Baseline', { known: 'KnownFinding' }],
  'review.schema.json': [
    'review',
    'Review',
    {
      side: 'ReviewedSide',
      environment: 'ReviewedEnvironment',
      change: 'Change',
      example: 'ChangeExample',
      findingDelta: 'FindingDelta',
      findingPair: 'FindingPair',
      rule: 'RuleRef',
      severityChange: 'SeverityChange',
      exemptionPair: 'ExemptionPair',
    },
  ],
  'capture.schema.json': [
    'capture',
    'Capture',
    { content: 'CapturedContent', files: 'CapturedFiles', documents: 'CapturedDocuments', state: 'CapturedState' },
  ],
  'exemption-list.schema.json': ['exemption-list', 'ExemptionList', { exemption: 'ListedExemption' }],
  'test-report.schema.json': [
    'test-report',
    'TestReport',
    { result: 'TestResult', difference: 'Difference', rule: 'CoveredRule', mutation: 'Mutation', mutant: 'Mutant' },
  ],
  'patch.schema.json': ['patch', 'Patch', { thing: 'ThingPatch', open: 'OpenFinding' }],
  'report.schema.json': ['report', 'Report', { note: 'Note', environment: 'ReportedEnvironment' }],
}

const identical = `type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false\n`

/** A TypeScript text that compiles only if every type equals its schema, to the last optional member. */
function proof(
  name: string,
  schema: Schema,
  [module, type, parts]: readonly [string, string, Readonly<Record<string, string>>],
): string {
  const pairs = [
    [type, schema] as const,
    ...Object.entries(parts).map(([part, partType]) => [partType, schema.$defs?.[part] ?? {}] as const),
  ]
  const imports = `import type { ${pairs.map(([pair]) => pair).join(', ')} } from ${JSON.stringify(resolve('src/model', `${module}.ts`))}\n`
  const checks = pairs.map(
    ([pair, part], index) =>
      `export const ${pair}${index}: Identical<${pair}, ${typeText(part, schema)}> = true // ${name}\n`,
  )
  return imports + identical + checks.join('')
}

async function compiles(texts: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(fileURLToPath(new URL('../../schema-types-', import.meta.url)))
  try {
    const files = Object.entries(texts).map(([name, text]) => {
      const file = join(folder, `${name}.ts`)
      writeFileSync(file, text)
      return file
    })
    const options = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      '--allowImportingTsExtensions',
      '--ignoreConfig',
    ]
    // The test runner puts its preloads into the environment of every child; the compiler does not start with them.
    const compiler = ['-u', 'NODE_OPTIONS', process.execPath, resolve('node_modules/typescript/bin/tsc')]
    await promisify(execFile)('env', [...compiler, ...options, ...files])
    return ''
  } catch (error) {
    return (error instanceof Error && 'stdout' in error && String(error.stdout)) || String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

t.test('every schema has a type, and every type equals its schema', async (t) => {
  t.same(names, Object.keys(twins).sort(), 'each schema has its type named here')
  const texts = Object.fromEntries(
    Object.entries(twins).map(([name, twin]) => [name.replaceAll('.', '-'), proof(name, schemaOf(name), twin)]),
  )
  t.equal(await compiles(texts), '')
})

t.test('a type that drifts from its schema is found', async (t) => {
  const schema = schemaOf('exemptions.schema.json')
  const twin = ['exemption', 'Exemptions', {}] as const
  const same = proof('same', schema, twin)
  for (const [what, from, to] of [
    ['a member more', '"id": string;', '"id": string; readonly "more"?: string;'],
    ['an optional member that is required', '"ticket"?:', '"ticket":'],
    ['another type', '"expires": string', '"expires": number'],
  ] as const) {
    t.ok(same.includes(from), `${what}: the text has ${from}`)
    t.match(await compiles({ drifted: same.replace(from, to) }), /is not assignable to type 'false'/, what)
  }
})

t.test('an exemptions file as its type says', async (t) => {
  const sample = {
    exemptions: [
      {
        id: 'EX-1',
        rule: 'HA-*',
        path: 'services.web',
        owner: 'payments',
        reason: 'moves in May',
        expires: '2026-06-01',
      },
    ],
  } satisfies Exemptions
  t.same(
    Object.keys(sample.exemptions[0] ?? {}).sort(),
    [...(schemaOf('exemptions.schema.json').$defs?.['exemption']?.required ?? [])].sort(),
  )
})
