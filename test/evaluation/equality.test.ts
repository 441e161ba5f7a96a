import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { compareSeed } from '../support/random/equality.ts'

// Every shortcut of a check (parts, schemas, memory, what a check before this one found) against the plain check. A longer run:
// `node build/scripts/fuzz.js 100000`.

const first = Number(process.env['CONGRUENT_SEED'] ?? 1)
const seeds = Number(process.env['CONGRUENT_CASES'] ?? 30)
const statesOfSeed = 4

t.test('random workspaces are checked by every shortcut as they are without', async (t) => {
  const open = () => createCongruent({ engine: () => createCueGo({ size: 1 }), fewest: 0 })
  const [short, plain] = [open(), open()]
  t.teardown(() => Promise.all([short.close(), plain.close()]))
  const totals = { checks: 0, findings: 0, conflicting: 0 }
  for (let seed = first; seed < first + seeds; seed++) {
    const { differences, faulty, checks, findings, conflicting } = await compareSeed(seed, statesOfSeed, [short], plain)
    t.equal(faulty, 0, `CONGRUENT_SEED=${seed}: no faults`)
    t.same(differences, [], `CONGRUENT_SEED=${seed}`)
    totals.checks += checks
    totals.findings += findings
    totals.conflicting += conflicting
  }
  t.ok(totals.findings > totals.checks, 'most checks found something')
  t.ok(totals.conflicting < totals.checks / 2, 'most workspaces were free of conflicts')
})
