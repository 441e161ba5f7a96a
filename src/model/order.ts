import type { Path } from './path.ts'

/** Compares two texts by code points, as every sorted list of ours is sorted (JavaScript's `<` compares UTF-16 units). */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Compares two paths label by label: list positions by number and before names, names by code points, the shorter path first. */
export function comparePath(a: Path, b: Path): number {
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const left = a[index] ?? ''
    const right = b[index] ?? ''
    if (left !== right) return compareLabel(left, right)
  }
  return a.length - b.length
}

function compareLabel(a: string, b: string): number {
  const left = isListPosition(a)
  const right = isListPosition(b)
  if (left !== right) return left ? -1 : 1
  return left ? a.length - b.length || compareText(a, b) : compareText(a, b)
}

/** Whether a label may be a list position: decimal digits without a leading zero. */
export function isListPosition(label: string): boolean {
  const first = label.charCodeAt(0)
  return first >= 0x30 && first <= 0x39 && /^(?:0|[1-9]\d*)$/.test(label)
}

/** Surrogates stand for code points above every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
