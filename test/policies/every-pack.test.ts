import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { readmeWith } from '../../scripts/packs/readme.ts'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { createCueNative } from '../../src/engine/cue-native/cue-native.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { testFiles } from '../../src/model/test-files.ts'
import { packWorkspace } from '../../src/operations/packs/pack-workspace.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import type { Source } from '../../src/workspace/source.ts'
import { nativeProgram } from '../support/native-program.ts'

t.setTimeout(600_000)

// Every pack in policies/ is what packs promise. Mutants cost hundreds of checks, so that they are tried where the fast engine can be built.
const native = nativeProgram()
if ('absent' in native) process.stderr.write(`NOT RUN: mutants of the packs: ${native.absent}\n`)

async function engineHere(): Promise<Engine> {
  return 'absent' in native ? createCueGo() : createCueNative({ path: native.path })
}

const congruent = createCongruent({ engine: await engineHere() })
t.teardown(() => congruent.close())
const packs = await congruent.packs()

t.test('there are packs', async (t) => {
  t.ok(packs.some(({ pack }) => pack === 'kubernetes/pod-security'))
})

for (const { pack: name, parameters } of packs) {
  const folder = `policies/${name}`
  const source = folderSource(folder)

  t.test(`${name}: the README has the rules and parameters that the CUE has`, async (t) => {
    const readme = readFileSync(`${folder}/README.md`, 'utf8')
    t.equal(readmeWith(await congruent.pack({ name }), readme), readme, 'or else: npm run packs:readme')
  })

  t.test(`${name}: each parameter that is told exists, and each rule has a title and ids of its own`, async (t) => {
    const { rules, parameters: shown } = await congruent.pack({ name })
    t.ok(rules.length > 0)
    for (const { id, title } of rules) t.not(title, '', `${id} has a title`)
    for (const member of shown?.members ?? []) t.not(member.takes, '', `${parameters?.definition}.${member.name}`)
  })

  t.test(`${name}: nothing in it is found by lint`, async (t) => {
    const { report } = await congruent.lint({ source })
    t.same(
      report.findings.map(({ at, message }) => `${at}: ${message}`),
      [],
    )
  })

  t.test(`${name}: where nothing of what it is about is there, nothing is found`, async (t) => {
    const { report } = await congruent.check({
      source: packWorkspace([name]),
      files: [{ name: 'a.json', read: async () => ({ ok: true, bytes: Buffer.from('{"something":{"else":1}}') }) }],
    })
    t.same(
      report.findings.map(({ at, message }) => `${at}: ${message}`),
      [],
    )
  })

  t.test(`${name}: its tests pass, and try every rule`, async (t) => {
    const { report } = await congruent.test({
      source,
      coverage: true,
      ...('absent' in native ? {} : { mutateMs: 300_000 }),
    })
    t.same(
      report.results.filter(({ outcome }) => outcome !== 'pass'),
      [],
    )
    const ids = new Set((await congruent.pack({ name })).rules.map(({ id }) => id))
    const tried = (report.coverage ?? []).filter(({ id }) => ids.has(id))
    t.equal(tried.length, ids.size)
    t.same(
      tried.filter(({ violated }) => !violated).map(({ id }) => id),
      [],
      'each has a case that breaks it',
    )
    const expected = await expectedRules(source)
    for (const id of ids)
      t.ok(
        expected.some((cases) => cases.some((one) => one.includes(id)) && cases.some((one) => !one.includes(id))),
        `${id} has a case that keeps it beside one that breaks it`,
      )
    if (report.mutation === undefined) return
    t.ok(report.mutation.noticed > 0)
    t.same(report.mutation.survivors, [], 'every change of a rule is noticed')
    t.same(report.mutation.vacuous, [], 'every case notices something')
  })
}

/** Which rules each case of each file of tests expects to be broken. */
async function expectedRules(source: Source): Promise<readonly (readonly (readonly string[])[])[]> {
  const files = await source.list([testFiles])
  const texts = await Promise.all(files.map((file) => source.read(file)))
  return texts.map((read) => {
    const { cases = [] }: { cases?: readonly { expect?: unknown }[] } = read.ok
      ? parse(Buffer.from(read.bytes).toString())
      : {}
    return cases.map(({ expect }) => JSON.stringify(expect).match(/(?<="rule":")[^"]+/g) ?? [])
  })
}
