import t from 'tap'
import { createCueWasm } from '../../src/engine/cue-wasm/cue-wasm.ts'
import { engineContract } from './contract.ts'

t.test('cue-wasm keeps the contract of engines', async (t) => {
  engineContract(t, () => createCueWasm(), { name: 'cue-wasm', cue: 'v0.4.3', full: false })
})
