import { join } from 'node:path'
import { compare } from './measure/compare.ts'
import { processVariant, type Output } from './measure/process.ts'
import { engineMissing, firstAndAgain, namedInReport } from './ours.ts'
import { missing, peer } from './peers/peers.ts'
import type { Question } from './question.ts'
import { servicesWorkspace } from './services.ts'
import { cueFiles, filesOf, inFolder, writeFiles } from './workspaces.ts'

/** How long does it take to check so many observed services, five of which deviate, against what three teams say? */
export const check: Question = {
  name: 'check',
  sizes: [100, 1000, 3000, 10_000],
  async *measure(count) {
    yield await inFolder((parent) => {
      const workspace = servicesWorkspace(count)
      const expected = new Set(workspace.deviating)
      const folder = join(parent, 'ours')
      writeFiles(folder, filesOf(workspace))
      const cue = peer('cue')
      const files = [...cueFiles(workspace), workspace.observed.file]
      const asked = {
        folder,
        arguments: ['check', '--format', 'json'],
        findings: { expected, named: namedInReport(([, name = '']) => name) },
      }
      return compare({
        id: `check/${count}`,
        title: `Check ${count} services of three teams, ${expected.size} deviating`,
        entities: count,
        base: 'cue vet',
        variants: [
          ...(cue === undefined
            ? []
            : [
                processVariant({
                  name: 'cue vet',
                  command: [cue, 'vet', '-c', '-E', ...files],
                  folder,
                  findings: { expected, named: namedByCue },
                }),
              ]),
          ...firstAndAgain(asked),
        ],
        absent: [...missing(['cue']), ...engineMissing],
      })
    })
  },
}

function namedByCue({ err }: Output): Iterable<string> {
  return Array.from(err.matchAll(/^services\."(svc-\d+)"/gm), ([, name = '']) => name)
}
