import { join } from 'node:path'
import { compare } from './measure/compare.ts'
import { processVariant } from './measure/process.ts'
import { engineMissing, firstAndAgain } from './ours.ts'
import { missing, peer } from './peers/peers.ts'
import type { Question } from './question.ts'
import { servicesWorkspace } from './services.ts'
import { cueFiles, filesOf, inFolder, writeFiles } from './workspaces.ts'

/** How long does it take to unify the fragments of three teams about so many services, and to write them as JSON? */
export const unify: Question = {
  name: 'unify',
  sizes: [100, 1000, 3000, 10_000],
  async *measure(count) {
    yield await inFolder((parent) => {
      const workspace = servicesWorkspace(count)
      const folder = join(parent, 'ours')
      writeFiles(folder, filesOf(workspace))
      const cue = peer('cue')
      const files = cueFiles(workspace)
      const vet = (name: string, ...given: readonly string[]) =>
        cue === undefined ? [] : [processVariant({ name, command: [cue, ...given, ...files], folder, statuses: [0] })]
      return compare({
        id: `unify/${count}`,
        title: `Unify ${count} services of three teams, as JSON`,
        entities: count,
        base: 'cue export',
        variants: [
          ...vet('cue export', 'export'),
          ...vet('cue vet (writes nothing)', 'vet', '-c'),
          ...firstAndAgain({ folder, arguments: ['unify', '--format', 'json'], statuses: [0] }),
        ],
        absent: [...missing(['cue']), ...engineMissing],
      })
    })
  },
}
