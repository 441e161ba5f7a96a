import t from 'tap'
import { exactJson } from '../../../src/model/exact-json.ts'
import type { Finding } from '../../../src/model/finding.ts'
import { memorySource } from '../../support/memory-source.ts'
import { choices, type Choice } from '../../support/random/choice.ts'
import { randomWorkspace, type Files } from '../../support/random/workspace.ts'
import { reviewer } from '../../support/reviewing.ts'

// What a review says of findings is the difference of two full checks, whatever is edited. A longer run: CONGRUENT_CASES=1000.

const first = Number(process.env['CONGRUENT_SEED'] ?? 1)
const seeds = Number(process.env['CONGRUENT_CASES'] ?? 15)

t.setTimeout(3_600_000)

/** The same files with a few edits of fragments, as people make them: another number, a line more or less, a file that another team might have written. */
function edited(files: Files, others: Files, choice: Choice): Files {
  const names = Object.keys(files).filter((name) => name.endsWith('.cue'))
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) => {
      if (!names.includes(name) || choice.percent(40)) return [[name, text]]
      const lines = text.split('\n')
      const at = 5 + choice.number(Math.max(1, lines.length - 5))
      const edit = choice.of(['number', 'number', 'line', 'word', 'more', 'other'] as const)
      if (edit === 'number') lines[at] = (lines[at] ?? '').replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
      if (edit === 'line' && !/[{}]/.test(lines[at] ?? '{')) lines.splice(at, 1)
      if (edit === 'word') lines[at] = (lines[at] ?? '').replace('int', 'number').replace('string', '_')
      if (edit === 'more')
        lines.push(choice.of(['services: web: a: 1', 'services: [string]: b?: =~"^x"', 'other: p: >=2', 'extra: 1']))
      return [[name, edit === 'other' ? (others[name] ?? text) : lines.join('\n')]]
    }),
  )
}

function linesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => exactJson(finding)).toSorted()
}

t.test('findings of a review are the difference of two full checks', async (t) => {
  const congruent = reviewer(t)
  const now = new Date('2026-01-01T01:00:00Z')
  const seen = { new: 0, resolved: 0, changed: 0, renamed: 0 }
  for (let seed = first; seed < first + seeds; seed++) {
    const choice = choices(seed)
    const { fragments, ...random } = randomWorkspace(choice)
    const before = { ...fragments, ...random.state(choice, choice.of([1, 3, 8])) }
    const after = edited(before, randomWorkspace(choices(seed + 10_000)).fragments, choice)
    const [base, head] = [memorySource(before), memorySource(after)]
    const { review } = await congruent.review({
      base: { source: base, ref: 'a' },
      head: { source: head, ref: 'b' },
      now,
    })
    const isObserved = (review.environments[0]?.snapshots.length ?? 0) > 0
    const [old, fresh] = await Promise.all(
      [base, head].map(async (source) => {
        const { report } = await congruent.check({ source, now, whole: true })
        // Where nothing is observed at all, that nobody looked is no news.
        return report.findings.filter(({ kind }) => isObserved || kind !== 'unobserved')
      }),
    )
    if (old === undefined || fresh === undefined) throw new Error('two checks')
    const [was, is] = [old, fresh].map((list) => new Map(list.map((finding) => [finding.fingerprint, finding])))
    const [environment] = review.environments
    if (environment === undefined) throw new Error('an environment')
    const { conflicts, findings } = environment
    t.same(
      linesOf([...conflicts.new, ...findings.new, ...findings.renamed.map((pair) => pair.after)]),
      linesOf(fresh.filter(({ fingerprint }) => was?.has(fingerprint) === false)),
      `CONGRUENT_SEED=${seed}: new`,
    )
    t.same(
      linesOf([...conflicts.resolved, ...findings.resolved, ...findings.renamed.map((pair) => pair.before)]),
      linesOf(old.filter(({ fingerprint }) => is?.has(fingerprint) === false)),
      `CONGRUENT_SEED=${seed}: resolved`,
    )
    const differing = fresh.filter((finding) => {
      const earlier = was?.get(finding.fingerprint)
      const saying = (one: Finding): string => exactJson([one.message, one.severity, one.outcome])
      return earlier !== undefined && saying(earlier) !== saying(finding) && finding.outcome !== 'conflicts'
    })
    t.same(linesOf(findings.changed.map((pair) => pair.after)), linesOf(differing), `CONGRUENT_SEED=${seed}: changed`)
    seen.new += findings.new.length
    seen.resolved += findings.resolved.length
    seen.changed += findings.changed.length
    seen.renamed += findings.renamed.length
  }
  t.ok(seen.new > seeds / 3 && seen.resolved > seeds / 3 && seen.changed > 0, 'edits make a difference', seen)
})
