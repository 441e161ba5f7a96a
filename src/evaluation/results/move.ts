import type { EngineFinding, Read } from '../../engine/protocol.ts'
import { formatLabel, type Path } from '../../model/path.ts'
import { overlaps } from '../../model/path-pattern.ts'
import { compareLabels } from './engine-order.ts'
import { entityKey } from '../entity-key.ts'
import { readFor } from '../reads.ts'

/**
 * A finding whose paths lead elsewhere: its own path, what it reads, and its alternatives. Undefined where the text of its path is not
 * written as expected.
 */
export function ledFinding(finding: EngineFinding, lead: (path: Path) => Path | undefined): EngineFinding | undefined {
  const path = lead(finding.path)
  const at = path === undefined ? undefined : ledText(finding, path)
  if (path === undefined || at === undefined) return undefined
  const reads = finding.reads.flatMap((read) => listed(lead(read)))
  const alternatives = finding.alternatives?.flatMap((one) => listed(lead(one.path)).map((path) => ({ ...one, path })))
  if (reads.length !== finding.reads.length || alternatives?.length !== finding.alternatives?.length) return undefined
  return { ...finding, at, path, reads: reads.toSorted(compareLabels), ...(alternatives && { alternatives }) }
}

function listed<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one]
}

/**
 * Leads paths at and below one entity's to those of another one, and paths that it reads elsewhere to those that the other one reads.
 * Undefined where that is not certain.
 */
export function leadFrom(from: Path, to: Path, reads: readonly Read[]): (path: Path) => Path | undefined {
  return (path) => {
    if (from.every((label, index) => path[index] === label)) return [...to, ...path.slice(from.length)]
    const [first = path, ...others] = reads
      .filter((read) => overlaps(readFor(read, from), path))
      .map((read) => path.map((label, index) => labelOf(to, read[index]) ?? label))
    return others.every((other) => entityKey(other) === entityKey(first)) ? first : undefined
  }
}

function labelOf(path: Path, step: Read[number] | undefined): string | undefined {
  return typeof step === 'number' ? path[step] : undefined
}

const token = /"(?:[^"\\]|\\.)*"|\[\d*\]|[^.[\]"]+/g

function ledText({ at, path }: EngineFinding, to: Path): string | undefined {
  if (path.every((label, index) => label === to[index])) return at
  const tokens = [...at.matchAll(token)]
  if (tokens.length !== path.length || to.length !== path.length) return undefined
  let text = ''
  let end = 0
  for (const [index, found] of tokens.entries()) {
    const [label, wanted] = [path[index], to[index]]
    if (label === undefined || wanted === undefined) return undefined
    if (label === wanted) continue
    const written = rewritten(found[0], label, wanted)
    if (written === undefined) return undefined
    text += at.slice(end, found.index) + written
    end = found.index + found[0].length
  }
  return text + at.slice(end)
}

/** A label's text with another label in its place, where it is certain how that one is written. */
function rewritten(text: string, label: string, wanted: string): string | undefined {
  if (text === `[${label}]` && /^\d+$/.test(wanted)) return `[${wanted}]`
  const alike = [plainWord, quotedWord].find((form) => form.test(label) && form.test(wanted))
  return alike !== undefined && text === formatLabel(label) ? formatLabel(wanted) : undefined
}

const plainWord =
  /^(?!(?:package|import|for|in|if|let|true|false|null|else|try|fallback|otherwise|func)$)[A-Za-z][A-Za-z0-9_]*$/
const quotedWord = /^(?=.*[.-])[A-Za-z0-9][A-Za-z0-9_.-]*$/

/** Whether nothing that findings say names a label: neither the words of an engine nor those of fragments. */
export function isSilentAbout(label: string, findings: readonly EngineFinding[]): boolean {
  if (!/^[A-Za-z0-9_.-]+$/.test(label)) return false
  const word = new RegExp(`(?<![A-Za-z0-9])${label.replaceAll('.', String.raw`\.`)}(?![A-Za-z0-9])`)
  return findings.every((finding) => !wordsOf(finding).some((text) => word.test(text)))
}

function wordsOf({ message, rule, conjuncts, alternatives = [] }: EngineFinding): readonly string[] {
  const texts = [conjuncts, ...alternatives.map((one) => one.conjuncts)].flat().map(({ text }) => text ?? '')
  const rules = [rule.id, rule.title ?? '', rule.docs ?? '']
  return [message, ...rules, ...texts, ...alternatives.map((one) => one.message)]
}
