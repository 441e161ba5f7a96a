import { exactJson } from '../../model/exact-json.ts'
import type { Finding } from '../../model/finding.ts'
import type { Path } from '../../model/path.ts'
import type { Report } from '../../model/report.ts'
import { sha256 } from '../../model/sha256.ts'
import { environmentProblems } from '../environment-problems.ts'
import { findingHeadline, messageOf } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { yamlOfJson } from '../../document/yaml-text.ts'
import { printable } from '../printable.ts'
import { excuseOf, standingOf, type Standing } from '../standing.ts'

const results = ['pass', 'fail', 'warn', 'error', 'skip'] as const

/** What becomes of one rule at one path, or of the verdict. */
interface Result {
  readonly result: (typeof results)[number]
  readonly policy: string
  readonly message: string
  readonly category?: string
  readonly severity?: string
  readonly scored?: boolean
  readonly properties?: Readonly<Record<string, string>>
  readonly resources?: readonly object[]
}

/**
 * `ClusterReport`s of openreports.io/v1alpha1, one YAML document for each environment. By the format's own words `error` is what could not be
 * evaluated, so what is undecided; `warn` what has no say; `skip` what is excused. Where an environment conforms, its verdict is a `pass`.
 */
export function policyreport(report: Report, options: FormatOptions): string {
  const { environments, faults = [] } = report
  const names = [...environments.map(({ name }) => name), ...faults.map(({ environment }) => environment)]
  return names.map((name) => `---\n${yamlOfJson(exactJson(clusterReport(name, report, options)))}`).join('')
}

function clusterReport(name: string, report: Report, { failOn, pageOf }: FormatOptions): object {
  const timestamp = timestampOf(report.checkedAt)
  const problem = environmentProblems(report, failOn).find(({ environment }) => environment === name)
  const conforms = report.environments.some(
    (environment) => environment.name === name && environment.verdict === 'conforms',
  )
  const verdict = { policy: 'verdict' }
  const all: readonly Result[] = [
    ...(problem === undefined
      ? []
      : [{ ...verdict, result: 'error' as const, severity: 'high', message: problem.message }]),
    ...(conforms ? [{ ...verdict, result: 'pass' as const, message: `${printable(name)} conforms` }] : []),
    ...report.findings
      .filter(({ environment }) => environment === name)
      .map((finding) => resultOf(finding, failOn, pageOf)),
  ]
  return {
    apiVersion: 'openreports.io/v1alpha1',
    kind: 'ClusterReport',
    metadata: { name: objectName(`congruent-${report.workspace}-${name}`) },
    source: 'congruent',
    summary: Object.fromEntries(results.map((word) => [word, all.filter(({ result }) => result === word).length])),
    results: all.map((result) => ({ source: 'congruent', ...result, timestamp })),
  }
}

/** A name that Kubernetes takes; one that it would not is told from others by a digest. */
function objectName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 200)
    .replace(/-+$/, '')
  return name === text ? name : `${name}-${sha256(text).slice(0, 8)}`
}

const ofStandings = {
  fails: 'fail',
  undecided: 'error',
  excused: 'skip',
  lesser: 'warn',
  told: 'warn',
} as const satisfies Record<Standing, Result['result']>

function resultOf(finding: Finding, failOn: FormatOptions['failOn'], pageOf: FormatOptions['pageOf']): Result {
  const { rule, kind, environment, at, owner, fingerprint, path, outcome, severity } = finding
  const standing = standingOf(finding, failOn)
  const excuse = excuseOf(finding)
  const properties = {
    environment,
    path: at,
    kind,
    fingerprint,
    owner,
    excuse,
    title: rule.title,
    docs: rule.docs,
    page: pageOf?.(finding),
  }
  return {
    policy: printable(rule.id),
    category: kind,
    result: kind === 'drift' && standing === 'told' ? 'pass' : ofStandings[standing],
    severity: outcome === 'conflicts' ? 'critical' : { error: 'high', warning: 'medium', info: 'info' }[severity],
    scored: standing === 'fails' || standing === 'undecided',
    message: standing === 'undecided' ? findingHeadline(finding) : printable(messageOf(finding)),
    properties: Object.fromEntries(
      Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, printable(value)]])),
    ),
    ...objectAt(path),
  }
}

/** The Kubernetes object that a path lies in, as our tree of them has it: `namespaces.shop."Deployment.apps".web`, `cluster.Node.a`. */
function objectAt(path: Path): Pick<Result, 'resources'> {
  const [top, ...below] = path
  const [namespace, kind, name] = top === 'namespaces' ? below : [undefined, ...below]
  if ((top !== 'namespaces' && top !== 'cluster') || kind === undefined || name === undefined) return {}
  if (!/^[A-Z][A-Za-z0-9]*(?:\.[a-z0-9.-]+)?$/.test(kind)) return {}
  return {
    resources: [
      {
        kind: kind.replace(/\..*$/, ''),
        name: printable(name),
        ...(namespace === undefined ? {} : { namespace: printable(namespace) }),
      },
    ],
  }
}

function timestampOf(time: string): object {
  const milliseconds = Date.parse(time)
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 }
}
