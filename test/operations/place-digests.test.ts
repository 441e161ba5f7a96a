import { createHash } from 'node:crypto'
import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const files = {
  'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [./p] } }\nobservations: [{ files: [o.yaml] }]\n',
  'p/p.cue': 'package p\nx: 1 | 2\ny: >5 | error("no")\n',
  'o.yaml': 'x: 3\ny: 1\n',
}

t.test('findings say of each place the digest of its file, where that is asked for', async (t) => {
  const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
  t.teardown(() => congruent.close())
  const source = memorySource(files)
  const digest = (name: keyof typeof files): string => createHash('sha256').update(files[name]).digest('hex')
  const { report } = await congruent.check({ source, digests: true })
  t.equal(report.findings.length, 2)
  for (const { conjuncts, observations, alternatives = [] } of report.findings) {
    t.ok(conjuncts.length > 0 && observations.length > 0)
    for (const place of [...conjuncts, ...alternatives.flatMap((one) => one.conjuncts)])
      t.equal(place.digest, digest('p/p.cue'))
    for (const place of observations) t.equal(place.digest, digest('o.yaml'))
  }
  t.notMatch(JSON.stringify((await congruent.check({ source })).report.findings), /digest/)
})
