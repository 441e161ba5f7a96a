import t from 'tap'
import { createCongruent, createCueGo, createCueWasm, folderSource } from '../../src/index.ts'

t.test('both engines come to one verdict, at the same paths', async (t) => {
  const engines = { 'cue-go': createCueGo(), 'cue-wasm': createCueWasm() }
  const congruent = createCongruent({ engine: (name) => engines[name === 'cue-wasm' ? name : 'cue-go'] })
  t.teardown(() => congruent.close())
  const source = folderSource('examples/two-engines')
  const reports = await Promise.all(
    (['cue-go', 'cue-wasm'] as const).map(async (engine) => (await congruent.check({ source, engine })).report),
  )
  for (const { tool, verdict, findings, environments } of reports) {
    t.equal(verdict, 'violates', tool.engine.name)
    t.same(
      findings.map(({ kind, at }) => `${kind} ${at}`),
      ['mismatch servers.south.port'],
      tool.engine.name,
    )
    t.equal(environments[0]?.desired.digest, reports[0]?.environments[0]?.desired.digest)
  }
})

t.test(
  'where cue-wasm lacks something, its verdict is no better than undecided, and the report names it',
  async (t) => {
    const congruent = createCongruent({ engine: createCueWasm() })
    t.teardown(() => congruent.close())
    const { report } = await congruent.check({ source: folderSource('examples/shop'), environments: ['dev', 'prod'] })
    t.same(
      report.environments.map(({ verdict }) => verdict),
      ['undecided', 'undecided'],
    )
    t.match(report.tool.engine.lacks.join('\n'), /platform:platform.*image!/)
  },
)
