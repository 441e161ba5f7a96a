import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { compile, readArtifact } from '../../src/engine/cue-go/artifact.ts'
import type { Artifact } from '../../src/engine/cue-go/artifact.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { engineContract } from './contract.ts'
import { misbehavingEngine, misbehavingIdentity } from './misbehaving-engine.ts'

const options = { deadlineMs: 60_000, subject: 'checking `prod`' }
const fragments = { files: [], parts: [], tags: {}, limits: [] }
const observed = { state: '{}', coverage: [], contested: [], masked: [] }

function artifactOf(identity: object = misbehavingIdentity): Artifact {
  return { identity: misbehavingIdentity, compile: () => compile(misbehavingEngine(identity)) }
}

t.test('cue-go keeps the contract of engines', async (t) => {
  engineContract(t, () => createCueGo(), { name: 'cue-go', cue: 'v0.17.1', full: true })
})

t.test('cue-go that tries small requests in this thread keeps it as well', async (t) => {
  engineContract(t, () => createCueGo({ hereFirst: true }), { name: 'cue-go', cue: 'v0.17.1', full: true })
})

t.test('cue-go that is optimised keeps it as well', async (t) => {
  engineContract(t, () => createCueGo({ optimise: true }), { name: 'cue-go', cue: 'v0.17.1', full: true })
})

t.test('an answer of another kind and a refusal are our defects', async (t) => {
  const engine = createCueGo({ artifact: artifactOf(), size: 1 })
  t.teardown(() => engine.close())
  t.match(await engine.unify({ fragments }, options), { digest: 'd', findings: [], notes: [], lacks: [] })
  await t.rejects(engine.check({ fragments, observed, drift: true }, options), {
    code: 'INTERNAL',
    message: 'checking `prod`: the engine gave an answer of another kind; this is a defect of Congruent',
  })
  await t.rejects(engine.explain({ fragments, path: [] }, options), {
    code: 'INTERNAL',
    message: /refused the request: not today/,
  })
})

t.test('an engine that is not what its manifest says is refused, and both are named', async (t) => {
  for (const identity of [{ ...misbehavingIdentity, cue: 'v0.0.1' }, { ...misbehavingIdentity, protocol: 2 }, {}]) {
    const engine = createCueGo({ artifact: artifactOf(identity), size: 1 })
    t.teardown(() => engine.close())
    await t.rejects(engine.unify({ fragments }, options), {
      code: 'ENGINE_MISMATCH',
      message: /its manifest says cue-go with CUE v0\.0\.0 and go0, protocol 1, and protocol 1 is required/,
    })
  }
})

t.test('a built engine without a proper manifest or module is a fault', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'congruent-'))
  const url = pathToFileURL(`${folder}/`)
  t.throws(() => readArtifact(url), { code: 'ENGINE_MISMATCH', message: /no readable manifest/ })
  writeFileSync(join(folder, 'manifest.json'), '{"name":"cue-go"}')
  t.throws(() => readArtifact(url), { code: 'ENGINE_MISMATCH', message: /does not say what the engine is/ })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(misbehavingIdentity))
  const engine = createCueGo({ artifact: readArtifact(url), size: 1 })
  t.teardown(() => engine.close())
  await t.rejects(engine.unify({ fragments }, options), { code: 'ENGINE_CRASHED', message: /engine\.wasm/ })
  writeFileSync(join(folder, 'engine.wasm'), misbehavingEngine())
  t.match(await engine.unify({ fragments }, options), { digest: 'd' })
})

t.test('an engine that is not closed does not keep its process alive', async (t) => {
  const module = new URL('../../src/engine/cue-go/cue-go.js', import.meta.url)
  const support = new URL('./misbehaving-engine.js', import.meta.url)
  const artifact = new URL('../../src/engine/cue-go/artifact.js', import.meta.url)
  const script = `
    const { createCueGo } = await import('${module.href}')
    const { compile } = await import('${artifact.href}')
    const { misbehavingEngine, misbehavingIdentity } = await import('${support.href}')
    const artifact = { identity: misbehavingIdentity, compile: () => compile(misbehavingEngine()) }
    const engine = createCueGo({ artifact, size: 2 })
    engine.warm()
    const answer = await engine.unify({ fragments: {} }, { deadlineMs: 60000, subject: 'x' })
    console.log(answer.digest)`
  const child = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  t.same(child, { stdout: 'd\n', stderr: '' })
})
