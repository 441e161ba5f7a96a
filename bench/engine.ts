import { loadavg } from 'node:os'
import { rowOf } from './measure/compare.ts'
import type { Run } from './measure/run.ts'
import { stepsOf } from './measure/steps.ts'
import type { Question } from './question.ts'

const steps = ['started, nothing unified', 'first check of a small document', 'second check', 'third check'] as const

/** How long after it is asked for is the engine ready, in a process of its own, and how long do its first checks take? */
export const engineReady: Question = {
  name: 'engine',
  sizes: [1],
  async *measure() {
    const load = loadavg()[0] ?? 0
    const processes = Array.from({ length: 11 }, (): readonly Run[] => stepsOf('engine-steps.js', []))
    const rows = steps.map((name, step) =>
      rowOf(
        name,
        processes.flatMap((runs) => runs.slice(step, step + 1)),
      ),
    )
    yield {
      id: 'engine',
      title: 'The engine in WebAssembly, from being asked for',
      entities: 1,
      base: steps[0],
      rows,
      absent: [],
      load,
    }
  },
}
