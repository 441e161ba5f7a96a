// How long does it take to check the observed state of 100, 1,000 and 3,000 services, five of which deviate?
import { createCueGo } from '../src/engine/cue-go/cue-go.ts'
import type { EngineFinding } from '../src/engine/protocol.ts'
import { congruent } from './congruent.ts'
import { compare, machine, processVariant, sizes, workVariant, type Variant } from './measure.ts'
import { nativeCue } from './native-cue.ts'
import { servicesWorkspace } from './services.ts'
import { asRequest, cueFiles, inFolder } from './workspaces.ts'

const cue = nativeCue()
const engine = createCueGo({ size: 1 })
process.stdout.write(machine())
for (const count of sizes([100, 1000, 3000])) {
  const workspace = servicesWorkspace(count)
  const request = asRequest(workspace)
  const check = (drift: boolean) => () => engine.check({ ...request, drift }, { deadlineMs: 120_000, subject: 'bench' })
  const allFound = ({ findings }: { findings: readonly EngineFinding[] }): string | undefined => {
    const found = findings.filter(({ kind }) => kind === 'mismatch').length
    return found === workspace.violations ? undefined : `it found ${found} of ${workspace.violations} violations`
  }
  const table = await inFolder(workspace, (folder) => {
    const files = [...cueFiles(workspace), workspace.observed.file]
    const native: readonly Variant[] =
      'absent' in cue ? [] : [processVariant('cue vet', [cue.command, 'vet', '-c', '-E', ...files], 1, folder)]
    const ours = [
      workVariant('engine', check(false), allFound),
      workVariant('engine, with drift', check(true), allFound),
      processVariant('congruent check', [...congruent, 'check', '--format', 'json'], 1, folder),
    ]
    return compare(`check ${count} services, 5 violations`, [...native, ...ours], count > 1000 ? 3 : 5)
  })
  process.stdout.write('absent' in cue ? `${cue.absent}\n${table}\n` : `${table}\n`)
}
await engine.close()
