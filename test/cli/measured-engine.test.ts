import t from 'tap'
import { measuredEngine } from '../../src/cli/measured-engine.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { rememberingEngine } from '../../src/evaluation/remembering.ts'
import { noMemory } from '../../src/memory/memory.ts'

t.test('an engine that is wrapped can be asked whatever it could be asked before', async (t) => {
  const engine = createCueGo({ size: 1 })
  const asked = Object.keys(engine).filter((name) => name !== 'warm')
  t.ok(asked.length > 10, 'there is something to ask')
  const measured = measuredEngine(engine, () => undefined)
  t.strictSame(
    asked.filter((name) => !Object.hasOwn(measured, name)),
    [],
    'measured',
  )
  const remembering = rememberingEngine(measured, noMemory)
  t.strictSame(
    asked.filter((name) => !Object.hasOwn(remembering, name)),
    [],
    'remembered',
  )
  await engine.close()
})
