import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'

const run = promisify(execFile)
const index = fileURLToPath(new URL('../src/index.js', import.meta.url))

const consumer = `
import { createCongruent, createCueGo, createCueWasm, Fault, folderSource, formatters, parsePath } from ${JSON.stringify(index)}
import type { CheckInput, Finding, Report, Source } from ${JSON.stringify(index)}

const source: Source = folderSource('shop')
const input: CheckInput = { source, environments: ['prod'], failOn: 'warning', now: new Date(0) }
for (const engine of [createCueGo({ size: 1 }), createCueWasm()]) {
  const congruent = createCongruent({ engine })
  const { report }: { report: Report } = await congruent.check(input)
  const worst: Finding | undefined = report.findings.find(({ outcome }) => outcome === 'conflicts')
  process.stdout.write(worst?.conjuncts[0]?.file ?? formatters.text(report, { colour: false, width: 80, lines: () => undefined, groupBy: 'file', quiet: false }))
  const { explanation } = await congruent.explain({ source, environment: 'prod', path: parsePath('services.web') })
  const { desired } = await congruent.unify({ source, want: ['json'] }).catch((error: unknown) => {
    throw error instanceof Fault ? new Error(error.code) : error
  })
  process.stdout.write(explanation.value ?? desired.json ?? '')
  await congruent.close()
}
`

t.test('who uses the library in strict TypeScript needs nothing but the types of Node', async (t) => {
  const folder = mkdtempSync(fileURLToPath(new URL('../../consumer-', import.meta.url)))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'main.ts'), consumer)
  const options =
    '--noEmit --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --skipLibCheck false --target es2023 --lib es2023 --module nodenext --types node --ignoreConfig'
  const words = await run(process.execPath, [
    'node_modules/typescript/bin/tsc',
    ...options.split(' '),
    join(folder, 'main.ts'),
  ]).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
  t.equal(words, '')
})

interface Packed {
  readonly name: string
  readonly names: readonly string[]
}

/** The files of the package, as they would be published. */
async function packed(): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'])
  const [{ name, files }]: [{ name: string; files: readonly { path: string }[] }] = JSON.parse(stdout)
  return { name, names: files.map(({ path }) => path) }
}

t.test('the package holds what runs, and nothing of how it is made', async (t) => {
  const { names } = await packed()
  const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const needed = ['bin/congruent.js', 'build/bundle/congruent.js', 'build/bundle/engine/cue-go/worker.js']
  const library = ['build/src/index.js', 'build/src/index.d.ts', 'build/src/engine/cue-go/worker.js']
  const texts = [
    'build/bundle/THIRD-PARTY.txt',
    'engine/dist/THIRD-PARTY.txt',
    'LICENSE',
    'README.md',
    'build/web/THIRD-PARTY.txt',
    'build/report/THIRD-PARTY.txt',
    'build/report/page.cjs',
  ]
  for (const name of [...needed, ...library, 'engine/dist/engine.wasm', ...texts]) t.ok(names.includes(name), name)
  for (const path of [bin.congruent, exports['.'].types, exports['.'].default])
    t.ok(names.includes(path.replace(/^\.\//, '')), path)
  const allowed =
    /^(bin|build\/src|build\/bundle|build\/report|build\/web|engine\/dist|policies|schemas|examples|docs)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/
  t.same(
    names.filter((name) => !allowed.test(name)),
    [],
  )
})

t.test('installed, the command runs on its own: no package beside it, from any folder', async (t) => {
  const { name, names } = await packed()
  const folder = mkdtempSync(join(tmpdir(), 'congruent-installed-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const installed = join(folder, 'node_modules', name)
  for (const file of names) cpSync(file, join(installed, file))
  const command = join(installed, 'bin/congruent.js')
  const congruent = (...args: string[]) => run(process.execPath, [command, ...args], { cwd: folder })
  await congruent('init', 'shop')
  t.match((await congruent('unify', '-C', 'shop', '-e', 'prod')).stdout, /services/, 'its engine answers')
  const checked = await congruent('check', '-C', 'shop', '--format', 'json').catch((error: unknown) => error)
  const text = typeof checked === 'object' && checked !== null && 'stdout' in checked ? String(checked.stdout) : ''
  t.match(JSON.parse(text), { tool: { name: 'congruent' } }, 'it checks')
  t.match((await congruent('--help')).stdout, /Usage: congruent/)
})

t.test('the bundle finds the second engine, which is a package of its own', async (t) => {
  const words = await run(process.execPath, [
    'bin/congruent.js',
    'check',
    '-C',
    'examples/two-engines',
    '--engine',
    'cue-wasm',
  ]).then(
    ({ stdout }) => stdout,
    (error: unknown) => (typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : ''),
  )
  t.match(words, /two-engines/)
  t.notMatch(words, /ENGINE_CRASHED/)
})

t.test('the terms of every package in the bundle stand beside it', async (t) => {
  const folder = 'build/bundle'
  const terms = readFileSync(join(folder, 'THIRD-PARTY.txt'), 'utf8')
  const maps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.map'))
  const bundled = new Set<string>()
  for (const map of maps) {
    const { sources }: { sources: readonly string[] } = JSON.parse(readFileSync(join(folder, map), 'utf8'))
    for (const source of sources) {
      const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? []
      if (name !== undefined) bundled.add(name)
    }
  }
  t.ok(bundled.has('commander') && bundled.has('yaml'), 'packages were found')
  for (const name of bundled) {
    const { version }: { version: string } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
    t.ok(terms.includes(`\n${name} ${version}\n${'='.repeat(80)}\n\n`), `${name} ${version}`)
  }
})
