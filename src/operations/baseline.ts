import { againstBaseline, baselineOf } from '../check/baseline.ts'
import { readDocuments } from '../document/read.ts'
import { Fault } from '../errors.ts'
import type { Baseline } from '../model/baseline.ts'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { validateBaseline } from '../schema/baseline-validators.js'
import { schemaProblems } from '../schema/problems.ts'

/** Reads a baseline, or a report of earlier as one. INPUT_NOT_FOUND where the file is neither. */
export function readBaseline(name: string, bytes: Uint8Array): Baseline {
  const { documents, unreadable } = readDocuments(name, bytes, { format: 'json' })
  const [bad] = unreadable
  if (bad !== undefined) throw noBaseline(name, bad.message)
  const data = documents[0]?.data ?? null
  const baseline = memberOf(data, 'report') === undefined ? data : ofReport(data)
  const [problem] = schemaProblems(validateBaseline, baseline)
  if (problem !== undefined) throw noBaseline(name, problem.message)
  // The schema has just been found to fit.
  return baseline as unknown as Baseline
}

/** A report in which only what a baseline does not hold counts. USAGE where the baseline is another workspace's. */
export function comparedWith(report: Report, baseline: Baseline, failOn: Severity): Report {
  if (baseline.workspace !== report.workspace)
    throw new Fault(
      'USAGE',
      `the baseline is of the workspace \`${baseline.workspace}\`, and the one that is checked is \`${report.workspace}\``,
    )
  return againstBaseline(report, baseline, failOn)
}

/** The baseline that a report makes, as a file: a line a finding, without what changes by itself. */
export function baselineText(report: Report): string {
  const { findings, ...head } = baselineOf(report)
  const start = JSON.stringify(head, undefined, 2).replace(/\n\}$/, ',\n  "findings": [')
  const lines = findings.map((finding) => `    ${JSON.stringify(finding)}`)
  return `${start}${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
}

/** Of a report the members of a baseline; what a baseline does not take is left out, as when one is written. */
function ofReport(report: Data): Data {
  const findings = memberOf(report, 'findings') ?? []
  return dataMap([
    ['baseline', 1],
    ['workspace', memberOf(report, 'workspace') ?? null],
    ['findings', isDataList(findings) ? findings.filter(isTaken).map(knownOf) : findings],
  ])
}

function isTaken(finding: Data): boolean {
  const outcome = memberOf(finding, 'outcome')
  return outcome !== 'conflicts' && outcome !== 'none' && memberOf(finding, 'exempted') === undefined
}

function knownOf(finding: Data): Data {
  const members = ['environment', 'kind', 'at', 'fingerprint'] as const
  const kept = members.flatMap((name): readonly (readonly [string, Data])[] => {
    const value = memberOf(finding, name)
    return value === undefined ? [] : [[name, value]]
  })
  const id = memberOf(memberOf(finding, 'rule'), 'id')
  return isDataObject(finding) ? dataMap([...kept, ...(id === undefined ? [] : [['rule', id] as const])]) : finding
}

function noBaseline(name: string, why: string): Fault {
  return new Fault(
    'INPUT_NOT_FOUND',
    `\`${name}\` is no baseline and no report: ${why}; \`congruent check --write-baseline FILE\` writes one`,
  )
}
