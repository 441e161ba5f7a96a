import t from 'tap'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { readVectors } from './vector.ts'
import type { Vector } from './vector.ts'

// What the Go tests prove of the evaluator, the built engine must do in Node, byte for byte.

const vectors = readVectors()
const engine = createCueGo()
t.teardown(() => engine.close())

t.test('the built engine answers every vector as the evaluator does natively', async (t) => {
  t.ok(vectors.length > 50, 'vectors were found')
  for (const vector of vectors) {
    t.same(await ask(engine, vector), { ...vector.answer, lacks: [] }, vector.name)
  }
})

function ask(engine: Engine, { name, request }: Vector): Promise<object> {
  const options = { deadlineMs: 120_000, subject: name }
  if (request.op === 'unify') return engine.unify(request, options)
  return request.op === 'check' ? engine.check(request, options) : engine.explain(request, options)
}
