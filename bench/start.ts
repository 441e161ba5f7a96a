// How long does the whole process take for one small document: start, check, exit?
import { congruent } from './congruent.ts'
import { deploymentsWorkspace } from './deployments.ts'
import { compare, machine, processVariant, type Variant } from './measure.ts'
import { nativeCue } from './native-cue.ts'
import { cueFiles, inFolder } from './workspaces.ts'

const cue = nativeCue()
const workspace = deploymentsWorkspace(1)
const table = await inFolder(workspace, (folder) => {
  const files = [...cueFiles(workspace), workspace.observed.file]
  const native: readonly Variant[] =
    'absent' in cue ? [] : [processVariant('cue vet', [cue.command, 'vet', '-c', ...files], 0, folder)]
  const variants = [
    processVariant('node -e 0', [process.execPath, '-e', '0']),
    processVariant('congruent check', [...congruent, 'check'], 0, folder),
    processVariant('congruent version', [...congruent, 'version'], 0, folder),
    ...native,
  ]
  return compare('one small document, whole process', variants, 11)
})
process.stdout.write(`${machine()}${'absent' in cue ? `${cue.absent}\n` : ''}${table}\n`)
