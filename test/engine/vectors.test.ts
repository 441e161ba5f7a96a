import t from 'tap'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { askVector, readVectors } from './vector.ts'

// What the Go tests prove of the evaluator, the built engine must do in Node, byte for byte.

const vectors = readVectors()
const engine = createCueGo()
t.teardown(() => engine.close())

t.test('the built engine answers every vector as the evaluator does natively', async (t) => {
  t.ok(vectors.length > 50, 'vectors were found')
  for (const vector of vectors) {
    t.same(await askVector(engine, vector), { ...vector.answer, lacks: [] }, vector.name)
  }
})
