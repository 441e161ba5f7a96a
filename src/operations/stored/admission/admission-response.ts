import type { AdmissionRequest, AdmissionResponse } from '../../../kubernetes/admission-review.ts'
import type { Finding } from '../../../model/finding.ts'
import { formatPath, type Path } from '../../../model/path.ts'
import { counts } from '../../../model/counting.ts'

/** What stands in the way of an object, and for whom it is said. */
export interface Concerning {
  readonly request: AdmissionRequest
  /** Where the object stands. */
  readonly path: Path
  /** Findings that lie in the object, and those that are new with it. */
  readonly findings: readonly Finding[]
  /** What to do about an object of which something cannot be decided. */
  readonly undecided: 'allow' | 'deny'
  readonly workspace: string
  readonly environment: string
  readonly revision: number
}

const mostLines = 10
/** API servers ask for so many characters of a warning, and may cut it behind so many. */
const wantedLength = 120
const mostLength = 256

/** Errors deny, warnings and what is undecided warn, the rest is noted for the audit log. Exempted findings have no say. */
export function admissionResponse(concerning: Concerning): AdmissionResponse {
  const { request, findings, undecided, workspace, environment, revision } = concerning
  const standing = findings.filter(({ outcome, exempted }) => exempted === undefined && outcome !== 'none')
  const denying = standing.filter(
    (finding) => counts(finding, 'error') && !isLeftOver(finding) && (isDecided(finding) || undecided === 'deny'),
  )
  const warning = standing.filter((finding) => !denying.includes(finding) && finding.severity !== 'info')
  const noted = standing.filter((finding) => !denying.includes(finding) && !warning.includes(finding))
  const allowed = denying.length === 0
  return {
    uid: request.uid,
    allowed,
    ...(allowed ? {} : { status: { code: 403, reason: 'Forbidden', message: denial(denying, concerning) } }),
    ...(warning.length === 0 ? {} : { warnings: warnings(warning, concerning) }),
    auditAnnotations: {
      workspace,
      environment,
      revision: String(revision),
      findings: String(standing.length),
      ...(noted.length === 0 ? {} : { noted: cut(noted.map((one) => lineOf(one, concerning)).join('; '), 1024) }),
    },
  }
}

/** Nothing was to be checked. */
export function unchecked({ uid }: AdmissionRequest): AdmissionResponse {
  return { uid, allowed: true, auditAnnotations: {} }
}

/** What an earlier apply set stays until somebody applies again: whoever changes something else in between did not bring it in. */
function isLeftOver({ rule }: Finding): boolean {
  return rule.id === 'congruent:removed'
}

function isDecided({ outcome }: Finding): boolean {
  return outcome === 'violates' || outcome === 'conflicts'
}

function denial(findings: readonly Finding[], concerning: Concerning): string {
  const count = findings.length === 1 ? '1 rule stands' : `${findings.length} rules stand`
  const left = findings.length - mostLines
  return [
    `${count} in the way (workspace \`${concerning.workspace}\`, environment \`${concerning.environment}\`)`,
    ...findings.slice(0, mostLines).map((finding) => cut(lineOf(finding, concerning), 1024)),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join('\n')
}

function warnings(findings: readonly Finding[], concerning: Concerning): readonly string[] {
  const left = findings.length - mostLines
  const lines = findings.slice(0, mostLines).map((finding) => {
    const line = lineOf(finding, concerning)
    return line.length <= wantedLength
      ? line
      : cut(oneLine(`${whereOf(finding, concerning)}: ${finding.message}`), mostLength)
  })
  return left > 0 ? [...lines, `and ${left} more`] : lines
}

/** `spec.replicas: invalid value 1 (out of bound >=2) [HA-1]`; of another object with its name in front. */
function lineOf(finding: Finding, concerning: Concerning): string {
  const { id } = finding.rule
  const rule = finding.message.includes(id) ? '' : ` [${id}]`
  return oneLine(`${whereOf(finding, concerning)}: ${finding.message}${rule}`)
}

function whereOf({ path, at }: Finding, { path: own }: Concerning): string {
  if (!own.every((label, index) => path[index] === label)) return at === '' ? 'everywhere' : at
  const inside = path.slice(own.length)
  return inside.length === 0 ? (own.at(-1) ?? '') : formatPath(inside)
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
