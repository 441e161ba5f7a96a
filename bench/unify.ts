// How long does it take to unify the fragments of three teams for 100, 1,000 and 3,000 services?
import { createCueGo } from '../src/engine/cue-go/cue-go.ts'
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
  const { fragments } = asRequest(workspace)
  const unify = (want?: readonly 'json'[]): (() => ReturnType<typeof engine.unify>) => {
    const request = want === undefined ? { fragments } : { fragments, want }
    return () => engine.unify(request, { deadlineMs: 120_000, subject: 'bench' })
  }
  const clean = ({ findings }: { findings: readonly unknown[] }): string | undefined =>
    findings.length === 0 ? undefined : `it found ${findings.length} conflicts where there are none`
  const table = await inFolder(workspace, (folder) => {
    const files = cueFiles(workspace)
    const native: readonly Variant[] =
      'absent' in cue
        ? []
        : [
            processVariant('cue vet', [cue.command, 'vet', '-c', ...files], 0, folder),
            processVariant('cue export', [cue.command, 'export', ...files], 0, folder),
          ]
    const ours = [
      workVariant('engine, conflicts only', unify(), clean),
      workVariant('engine, with the desired state as JSON', unify(['json']), clean),
      processVariant('congruent unify --format json', [...congruent, 'unify', '--format', 'json'], 0, folder),
    ]
    return compare(`unify ${count} services`, [...native, ...ours], count > 1000 ? 3 : 5)
  })
  process.stdout.write('absent' in cue ? `${cue.absent}\n${table}\n` : `${table}\n`)
}
await engine.close()
