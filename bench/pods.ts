import { join } from 'node:path'
import { loadavg } from 'node:os'
import { compare } from './measure/compare.ts'
import { processVariant, type Output } from './measure/process.ts'
import type { Table } from './measure/table.ts'
import { engineMissing, firstAndAgain, namedInReport } from './ours.ts'
import { evaluator, policyCode, type Built } from './peers/go-programs.ts'
import { podByPod } from './pod-by-pod.ts'
import { pathOf, podObjects } from './pod-objects.ts'
import { podSecurity, podWorkspace, treeOf } from './pod-security.ts'
import type { Question } from './question.ts'
import { inFolder, writeFiles } from './workspaces.ts'

/**
 * How long does it take to check every pod of the pod-security corpus, as three kinds and so many times, in one snapshot?
 * And, with the smallest size, each pod alone?
 */
export const pods: Question = {
  name: 'pods',
  sizes: [1, 10],
  async *measure(copies) {
    if (copies === 1) yield await podByPod()
    yield await table(copies)
  },
}

const base = 'CUE in Go, natively'
const policy = "Kubernetes' own policy code"

async function table(copies: number): Promise<Table> {
  const data = podObjects(copies)
  const about = { id: `pods/${copies}`, title: 'Pod security', entities: 1, base, rows: [], load: loadavg()[0] ?? 0 }
  if (data === undefined) return { ...about, absent: ['../shared/corpora/pod-security is not there'] }
  const entities = data.objects.length - 2 * copies
  const text = JSON.stringify(data.objects)
  return inFolder((parent) => {
    const folder = join(parent, 'ours')
    writeFiles(folder, { ...podWorkspace, 'objects.json': text })
    writeFiles(parent, { ...podSecurity(), 'tree.json': treeOf(text), 'objects.json': text })
    const byPath = (paths: (out: string) => string) => ({
      expected: data.wrong,
      named: ({ out }: Output) =>
        out
          .trim()
          .split('\n')
          .map((line) => pathOf(paths(line).split('/'))),
    })
    const program = (name: string, built: Built, given: readonly string[], paths: (line: string) => string) =>
      'absent' in built
        ? []
        : [
            processVariant({
              name,
              command: [built.program, 'whole', ...given],
              folder: parent,
              findings: byPath(paths),
            }),
          ]
    const [native, judging] = [evaluator(), policyCode()]
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
        ...program(base, native, ['pod-security', 'tree.json'], (line) =>
          line.replaceAll('"', '').replace(/^\w+\//, ''),
        ),
        ...program(policy, judging, ['objects.json'], (line) => line),
        ...firstAndAgain(asked),
      ],
      absent: [
        ...('absent' in native ? [`${base}: ${native.absent}`] : []),
        ...('absent' in judging ? [`${policy}: ${judging.absent}`] : []),
        ...engineMissing,
      ],
    })
  })
}
