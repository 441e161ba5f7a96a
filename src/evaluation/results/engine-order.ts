import type { EngineFinding } from '../../engine/protocol.ts'
import { compareText } from '../../model/order.ts'
import type { Path } from '../../model/path.ts'

/** The order in which an engine answers: by path, text of the path, kind, rule and message. */
export function compareFindings(a: EngineFinding, b: EngineFinding): number {
  return (
    compareLabels(a.path, b.path) ||
    compareText(a.at, b.at) ||
    compareText(a.kind, b.kind) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.message, b.message)
  )
}

/** Paths label by label, each as text; the shorter one first. */
export function compareLabels(a: Path, b: Path): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    const order = compareText(left, right)
    if (order !== 0) return order
  }
  return a.length - b.length
}
