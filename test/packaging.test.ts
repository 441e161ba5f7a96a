import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

t.test('the package holds what runs, and nothing of how it is made', async (t) => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'])
  const [{ files }]: [{ files: readonly { path: string }[] }] = JSON.parse(stdout)
  const names = files.map(({ path }) => path)
  const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const needed = ['bin/congruent.js', 'build/src/index.js', 'build/src/index.d.ts', 'build/src/engine/cue-go/worker.js']
  for (const name of [...needed, 'engine/dist/engine.wasm', 'engine/dist/THIRD-PARTY.txt', 'LICENSE', 'README.md'])
    t.ok(names.includes(name), name)
  for (const path of [bin.congruent, exports['.'].types, exports['.'].default])
    t.ok(names.includes(path.replace(/^\.\//, '')), path)
  const allowed =
    /^(bin|build\/src|engine\/dist|schemas|examples|docs)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/
  t.same(
    names.filter((name) => !allowed.test(name)),
    [],
  )
})
