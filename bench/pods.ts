import { join } from 'node:path'
import { loadavg } from 'node:os'
import { toJson } from '../src/document/to-json.ts'
import { readDocuments } from '../src/document/read.ts'
import { projectKubernetes } from '../src/kubernetes/project.ts'
import { compare } from './measure/compare.ts'
import { processVariant } from './measure/process.ts'
import type { Table } from './measure/table.ts'
import { engineMissing, firstAndAgain, namedInReport } from './ours.ts'
import { evaluator } from './peers/go-programs.ts'
import { pathOf, podObjects } from './pod-objects.ts'
import type { Question } from './question.ts'
import { rules } from './rules/policies.ts'
import { inFolder, writeFiles } from './workspaces.ts'

/** How long does it take to check every pod of the pod-security corpus, as three kinds and so many times, in one snapshot? */
export const pods: Question = {
  name: 'pods',
  sizes: [1, 10],
  async *measure(copies) {
    yield await table(copies)
  },
}

const base = 'CUE in Go, natively'
const policies = ['baseline', 'restricted', 'workloads'].map((name) => `pod-security/${name}.cue`)

async function table(copies: number): Promise<Table> {
  const data = podObjects(copies)
  const about = { id: `pods/${copies}`, title: 'Pod security', entities: 1, base, rows: [], load: loadavg()[0] ?? 0 }
  if (data === undefined) return { ...about, absent: ['../shared/corpora/pod-security is not there'] }
  const entities = data.objects.length - 2 * copies
  const text = JSON.stringify(data.objects)
  return inFolder((parent) => {
    const folder = join(parent, 'ours')
    writeFiles(folder, {
      'congruent.yaml': `workspace: pods
teams: { security: { fragments: [./pod-security] } }
observations:
  - { files: [objects.json], adapter: kubernetes }
`,
      ...Object.fromEntries(policies.map((name) => [name, rules(name)])),
      'objects.json': text,
    })
    writeFiles(parent, { 'tree.json': treeOf(text) })
    const native = evaluator()
    const asked = {
      folder,
      arguments: ['check', '--format', 'json'],
      findings: { expected: data.wrong, named: namedInReport((path) => pathOf(path.slice(1))) },
    }
    return compare({
      ...about,
      title: `Pod security: ${entities} objects, ${data.wrong.size} wrong, in one snapshot`,
      entities,
      variants: [
        ...('absent' in native
          ? []
          : [
              processVariant({
                name: base,
                command: [native.program, join(folder, 'pod-security'), 'tree.json'],
                folder: parent,
                findings: {
                  expected: data.wrong,
                  named: ({ out }) =>
                    out
                      .trim()
                      .split('\n')
                      .map((path) => pathOf(path.replaceAll('"', '').split('/').slice(1))),
                },
              }),
            ]),
        ...firstAndAgain(asked),
      ],
      absent: [...('absent' in native ? [`${base}: ${native.absent}`] : []), ...engineMissing],
    })
  })
}

/** The objects where our adapter puts them: what the native evaluation gets for nothing. */
function treeOf(text: string): string {
  const { documents } = readDocuments('objects.json', Buffer.from(text))
  return toJson(projectKubernetes(documents, { lists: 'keyed' }).state)
}
