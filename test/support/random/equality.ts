import type { Congruent, Report } from '../../../src/index.ts'
import { exactJson } from '../../../src/model/exact-json.ts'
import { memorySource } from '../memory-source.ts'
import { choices } from './choice.ts'
import { randomWorkspace, type Files } from './workspace.ts'

/** A check whose answer differs from that of the plain check. */
export interface Difference {
  readonly seed: number
  /** Which of the seed's states it was. */
  readonly state: number
  readonly files: Files
  readonly expected: readonly string[]
  readonly found: readonly string[]
}

/** What was compared. */
export interface Comparison {
  readonly checks: number
  readonly findings: number
  readonly conflicting: number
  /** Checks that ended in a fault. */
  readonly faulty: number
  readonly differences: readonly Difference[]
}

/**
 * Checks several states of one random workspace, one after the other with the same open instances, as they come and as
 * a whole, and compares the reports line by line.
 */
export async function compareSeed(
  seed: number,
  states: number,
  several: readonly Congruent[],
  plain: Congruent,
): Promise<Comparison> {
  const choice = choices(seed)
  const { fragments, ...random } = randomWorkspace(choice)
  const differences: Difference[] = []
  let findings = 0
  let conflicting = 0
  let faulty = 0
  for (let index = 0; index < states; index++) {
    const files = { ...fragments, ...random.state(choice, choice.of([1, 3, 8])) }
    const now = new Date('2026-01-01T01:00:00Z')
    const [expected, ...others] = await Promise.all([
      plain.check({ source: memorySource(files), now, whole: true }),
      ...several.map((one) => one.check({ source: memorySource(files), now })),
    ])
    findings += expected.report.findings.length
    conflicting += expected.report.verdict === 'conflicts' ? 1 : 0
    faulty += expected.report.faults === undefined ? 0 : 1
    const wanted = linesOf(expected.report)
    for (const { report } of others) {
      const found = linesOf(report)
      if (found.join('\n') !== wanted.join('\n'))
        differences.push({ seed, state: index, files, ...unlike(wanted, found) })
    }
  }
  return { checks: states * several.length, findings, conflicting, faulty, differences }
}

/** A report as lines: everything that it says but the engine's name. */
function linesOf({ findings, tool, ...rest }: Report): readonly string[] {
  return [
    exactJson({ ...rest, tool: { ...tool, engine: tool.engine.lacks } }),
    ...findings.map((finding) => exactJson(finding)),
  ]
}

function unlike(
  wanted: readonly string[],
  found: readonly string[],
): { expected: readonly string[]; found: readonly string[] } {
  return {
    expected: wanted.filter((line) => !found.includes(line)),
    found: found.filter((line) => !wanted.includes(line)),
  }
}
