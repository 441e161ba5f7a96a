import t from 'tap'
import { createCongruent, createCueGo, createCueNative } from '../../src/index.ts'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import { nativeProgram } from '../support/native-program.ts'
import { judgedPods, type JudgedPod } from './judged-pods.ts'
import { documentOf, placePods, type PlacedPod } from './placed-pods.ts'

const seed = process.env['CONGRUENT_SEED'] ?? '1'
const runs = process.env['CONGRUENT_FUZZ_RUNS']
/** Objects in one snapshot. */
const atOnce = 500

/** At the restricted level these stand in for a check of baseline that says less; ours may name either. */
const stricter: ReadonlyMap<string, string> = new Map([
  ['capabilities_baseline', 'capabilities_restricted'],
  ['hostPathVolumes', 'restrictedVolumes'],
  ['procMount', 'procMount_restricted'],
  ['seccompProfile_baseline', 'seccompProfile_restricted'],
])

t.setTimeout(1_200_000)

const native = nativeProgram()
const congruent = createCongruent({
  engine: () => ('path' in native ? createCueNative({ path: native.path }) : createCueGo()),
  clock: () => new Date(0),
})
t.teardown(() => congruent.close())

/** The rules of the pack that each object breaks, by its key. */
async function broken(document: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const files = {
    'congruent.yaml': `workspace: pods
teams: {}
packs: [kubernetes/pod-security]
observations: [{ files: [objects.json], adapter: kubernetes }]
`,
    'objects.json': document,
  }
  const bytes = Object.entries(files).map(([name, text]): [string, Uint8Array] => [name, Buffer.from(text)])
  const source = bundleSource('pods', new Map(bytes))
  const { report } = await congruent.check({ source, deadlineMs: 600_000 })
  if (report.verdict === 'undecided') throw new Error(JSON.stringify(report.faults ?? report.findings))
  const rules = new Map<string, Set<string>>()
  for (const { path, rule } of report.findings) {
    const key = path.slice(1, 4).join(' ')
    rules.set(key, (rules.get(key) ?? new Set()).add(rule.id))
  }
  return rules
}

/** Where our answer is another one than that of Kubernetes' policy code, with the pod. */
async function differences(placed: readonly PlacedPod[]): Promise<readonly string[]> {
  const rules = await broken(documentOf(placed))
  return placed.flatMap(({ judged, level, key }) => {
    const named = (checks: Iterable<string>): string => {
      const same = Array.from(checks, (check) => (level === 'restricted' ? stricter.get(check) : undefined) ?? check)
      return [...new Set(same)].sort().join(', ')
    }
    const ours = named(rules.get(key) ?? [])
    const theirs = named(judged[level])
    if (ours === theirs) return []
    return [`${judged.name} as ${key}: [${ours}], not [${theirs}]: ${JSON.stringify(judged.pod)}`]
  })
}

function comparesAlike(
  name: string,
  options: readonly string[],
  chosen: (pods: readonly JudgedPod[]) => readonly PlacedPod[],
): void {
  t.test(name, { timeout: 1_200_000 }, async (t) => {
    const pods = judgedPods(options)
    if ('absent' in pods) {
      t.pass(`NOT compared with Kubernetes' own policy code: ${pods.absent}`)
      return
    }
    const placed = chosen(pods)
    const forbidden = placed.filter(({ judged, level }) => judged[level].length > 0).length
    t.ok(forbidden > placed.length / 4 && forbidden < placed.length, `${forbidden} of ${placed.length} are forbidden`)
    for (let start = 0; start < placed.length; start += atOnce)
      t.strictSame(await differences(placed.slice(start, start + atOnce)), [])
  })
}

comparesAlike('random pods, at either level and of any version', ['--seed', seed, '--count', runs ?? '5000'], (pods) =>
  placePods(pods, (_, index) => (index % 2 === 0 ? 'baseline' : 'restricted')),
)

comparesAlike('the pods of every version that the policy code is tested with', ['--upstream'], (pods) => {
  for (const { name, expect, level, ...judged } of pods)
    if (level === undefined || (expect === 'pass') !== (judged[level].length === 0))
      throw new Error(`${name}: the policy code does not say what its tests expect`)
  return placePods(runs === undefined ? pods.filter(isAtChange(pods)) : pods, ({ level = 'baseline' }) => level)
})

/** Whether a pod is of the first or last of the versions in a row that answer alike. */
function isAtChange(pods: readonly JudgedPod[]): (judged: JudgedPod) => boolean {
  const content = ({ level = 'baseline', pod, minor, ...judged }: JudgedPod, at = minor): string =>
    JSON.stringify([level, pod, judged[level], at])
  const known = new Set(pods.map((judged) => content(judged)))
  return (judged) => !known.has(content(judged, judged.minor - 1)) || !known.has(content(judged, judged.minor + 1))
}
