import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { rowOf } from './measure/compare.ts'
import { runProcess } from './measure/process.ts'
import type { Run } from './measure/run.ts'
import { stepsOf } from './measure/steps.ts'
import type { Row, Table } from './measure/table.ts'
import { evaluator, nativeEngine, policyCode, type Built } from './peers/go-programs.ts'
import { missing, peer } from './peers/peers.ts'
import { lonePods, type LonePod } from './pod-objects.ts'
import { podSecurity, treeOf } from './pod-security.ts'
import { inFolder, writeFiles } from './workspaces.ts'

const base = 'CUE in Go, natively, kept open'

/** What one pod takes, each of the corpus for itself; every program must tell exactly those that are wrong. */
export function podByPod(): Promise<Table> {
  return inFolder(async (folder) => {
    const about = { id: 'pods/alone', title: 'Pod security, one pod at a time', entities: 1, base }
    const load = loadavg()[0] ?? 0
    const pods = lonePods()
    if (pods === undefined) return { ...about, rows: [], load, absent: ['../shared/corpora/pod-security is not there'] }
    writeFiles(folder, {
      ...podSecurity(),
      'objects.json': pods.map(({ objects }) => JSON.stringify(objects)).join('\n'),
      'trees.json': pods.map(({ objects }) => treeOf(JSON.stringify(objects))).join('\n'),
    })
    const ways: readonly { readonly name: string; readonly runs: Measured }[] = [
      { name: base, runs: each(evaluator(), ['pod-security', 'trees.json'], folder, pods) },
      { name: "Kubernetes' own policy code, kept open", runs: each(policyCode(), ['objects.json'], folder, pods) },
      { name: 'cue vet, a process a pod', runs: cueVet(folder, pods) },
      { name: 'congruent, kept open', runs: stepsOf('pod-steps.js', []) },
      { name: 'congruent, native engine, kept open', runs: nativeSteps() },
    ]
    const rows = ways.flatMap(({ name, runs }): readonly Row[] => ('absent' in runs ? [] : [rowOf(name, runs)]))
    const absent = ways.flatMap(({ name, runs }) => ('absent' in runs ? [`${name}: ${runs.absent}`] : []))
    return { ...about, rows, load, absent }
  })
}

type Measured = readonly Run[] | { readonly absent: string }

/** One of our Go programs over all pods, each timed by itself. */
function each(built: Built, given: readonly string[], folder: string, pods: readonly LonePod[]): Measured {
  if ('absent' in built) return built
  const ended = spawnSync(built.program, ['each', ...given], { cwd: folder, encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(ended.stderr.trim())
  const steps: readonly (Omit<Run, 'found'> & { readonly found: number })[] = JSON.parse(ended.stdout)
  const misjudged = pods.filter(({ wrong }, position) => (steps[position]?.found ?? 0) > 0 !== wrong)
  if (misjudged.length > 0) throw new Error(`${built.program} misjudges ${JSON.stringify(misjudged[0])}`)
  return steps.map(({ wall, cpu, memory }) => ({ wall, cpu, memory }))
}

/** `cue vet` of the pack and one pod, as a whole process; its status must say whether the pod is wrong. */
function cueVet(folder: string, pods: readonly LonePod[]): Measured {
  const cue = peer('cue')
  if (cue === undefined) return { absent: missing(['cue']).join() }
  const file = join('pod-security', 'tree.cue')
  return pods.map(({ objects, wrong }) => {
    const tree = treeOf(JSON.stringify(objects))
    writeFiles(folder, { [file]: `package podsecurity\n#observed: ${tree}\n${tree}\n` })
    return runProcess({ command: [cue, 'vet', '-c', './pod-security'], folder, statuses: [wrong ? 1 : 0] })
  })
}

function nativeSteps(): Measured {
  const native = nativeEngine()
  return 'absent' in native ? native : stepsOf('pod-steps.js', [native.program])
}
