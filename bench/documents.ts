// How long does it take to check 1,000 and 10,000 small documents against one policy, one in a hundred of them wrong?
import { createCueGo } from '../src/engine/cue-go/cue-go.ts'
import type { EngineFinding } from '../src/engine/protocol.ts'
import { congruent } from './congruent.ts'
import { deploymentsWorkspace } from './deployments.ts'
import { compare, machine, processVariant, sizes, workVariant, type Variant } from './measure.ts'
import { nativeCue } from './native-cue.ts'
import { asRequest, cueFiles, inFolder } from './workspaces.ts'

const cue = nativeCue()
const engine = createCueGo({ size: 1 })
process.stdout.write(machine())
for (const count of sizes([1000, 10_000])) {
  const workspace = deploymentsWorkspace(count)
  const request = { ...asRequest(workspace), drift: false }
  const allFound = ({ findings }: { findings: readonly EngineFinding[] }): string | undefined =>
    findings.length === workspace.violations
      ? undefined
      : `it found ${findings.length} of ${workspace.violations} violations`
  const table = await inFolder(workspace, (folder) => {
    const files = [...cueFiles(workspace), workspace.observed.file]
    const native: readonly Variant[] =
      'absent' in cue ? [] : [processVariant('cue vet', [cue.command, 'vet', '-c', '-E', ...files], 1, folder)]
    const check = () => engine.check(request, { deadlineMs: 120_000, subject: 'bench' })
    const command = [...congruent, 'check', '--format', 'json', '--timeout', '120s']
    const ours = [workVariant('engine', check, allFound), processVariant('congruent check', command, 1, folder)]
    return compare(
      `check ${count} documents, ${workspace.violations} wrong`,
      [...native, ...ours],
      count > 1000 ? 1 : 5,
    )
  })
  process.stdout.write('absent' in cue ? `${cue.absent}\n${table}\n` : `${table}\n`)
}
await engine.close()
