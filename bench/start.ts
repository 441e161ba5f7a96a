import { join } from 'node:path'
import { deploymentsWorkspace } from './deployments.ts'
import { compare } from './measure/compare.ts'
import { processVariant } from './measure/process.ts'
import { congruent, firstRun, laterRun, type Asked } from './ours.ts'
import { missing, peer, type PeerName } from './peers/peers.ts'
import type { Question } from './question.ts'
import { policies } from './rules/policies.ts'
import { filesOf, inFolder, writeFiles } from './workspaces.ts'

const base = 'node -e 0'
const nodeProgram = process.execPath

/** How long does the whole process take for one small document: start, check, exit? */
export const start: Question = {
  name: 'start',
  sizes: [1],
  async *measure() {
    yield await inFolder((folder) => {
      const workspace = deploymentsWorkspace(1)
      const ours = join(folder, 'ours')
      const { deployments } = JSON.parse(workspace.observed.text)
      writeFiles(ours, filesOf(workspace))
      writeFiles(folder, { ...policies(), 'doc.json': JSON.stringify(deployments['app-00000']) })
      const asked: Asked = { name: '', folder: ours, arguments: ['check'], statuses: [0] }
      const process = (name: string, command: readonly string[]) =>
        processVariant({ name, command, folder, statuses: [0] })
      return compare({
        id: 'start',
        title: 'One small document, whole process',
        entities: 1,
        base,
        rounds: 11,
        variants: [
          process(base, [nodeProgram, '-e', '0']),
          process('congruent version', [...congruent, 'version']),
          firstRun({ ...asked, name: 'congruent, first run' }),
          laterRun({ ...asked, name: 'congruent, again' }),
          ...ways.flatMap(({ name, title, arguments: given }) => {
            const program = peer(name)
            return program === undefined ? [] : [process(title, [program, ...given])]
          }),
        ],
        absent: missing(ways.map(({ name }) => name)),
      })
    })
  },
}

const ways: readonly { readonly name: PeerName; readonly title: string; readonly arguments: readonly string[] }[] = [
  { name: 'cue', title: 'cue vet', arguments: ['vet', '-c', '-d', '#Deployment', 'cue/policy.cue', 'doc.json'] },
  {
    name: 'kubeconform',
    title: 'kubeconform',
    arguments: ['-schema-location', 'schema/{{ .ResourceKind }}.json', 'doc.json'],
  },
  { name: 'opa', title: 'opa eval', arguments: ['eval', '-d', 'rego', '-i', 'doc.json', 'data.main.deny'] },
  { name: 'conftest', title: 'conftest', arguments: ['test', '-p', 'rego', 'doc.json'] },
  { name: 'gator', title: 'gator test', arguments: ['test', '-f', 'gatekeeper', '-f', 'doc.json'] },
]
