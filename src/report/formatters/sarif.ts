import { exactJson } from '../../model/exact-json.ts'
import type { Note, Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { asReported, type FileNames, type FormatOptions } from '../format.ts'
import { printable } from '../printable.ts'
import { physicalLocation } from '../sarif/location.ts'
import { sarifText } from '../sarif/message.ts'
import { sarifResult } from '../sarif/result.ts'
import { sarifRules } from '../sarif/rules.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** SARIF 2.1.0 for code scanning: one run, a rule for each id, exemptions as suppressions. What was not checked makes the run unsuccessful. */
export function sarif(report: Report, options: FormatOptions): string {
  const { tool, workspace, checkedAt, findings, notes, faults = [] } = report
  const { nameOf = asReported, pageOf, failOn } = options
  const rules = sarifRules(findings)
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]))
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules } },
        automationDetails: { id: `congruent/${workspace}/` },
        invocations: [
          {
            executionSuccessful: faults.length === 0,
            endTimeUtc: checkedAt,
            toolExecutionNotifications: [
              ...environmentProblems(report, failOn).map(({ message, code }) => ({
                level: 'error',
                message: sarifText(message),
                ...(code === undefined ? {} : { descriptor: { id: code } }),
              })),
              ...notes.map((note) => notification(note, nameOf)),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          sarifResult(finding, {
            ruleIndex: ruleIndex.get(finding.rule.id) ?? -1,
            nameOf,
            ...(pageOf === undefined ? {} : { page: pageOf(finding) }),
            hasBaseline: report.baseline !== undefined,
          }),
        ),
      },
    ],
  }
  return `${exactJson(log, { indent: 2 })}\n`
}

function notification({ code, message, file, line }: Note, nameOf: FileNames): object {
  const place = file === undefined ? undefined : { file: nameOf(file), ...(line === undefined ? {} : { line }) }
  return {
    level: 'note',
    message: sarifText(printable(message)),
    descriptor: { id: code },
    ...(place === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(place) }] }),
  }
}
