// Which parts of a text are one of many needles, in time that hardly grows with their number or length, since whoever is checked writes both.
// Needles of up to `most` units are looked up whole, by length; of longer ones the beginning, and what follows is compared while there are few.

/** How many units of a needle are looked for wherever they stand. */
export const least = 4
const most = 32
const few = 8
/** A match of so many units is not looked into again. */
const large = 1024

/** A part of a text, by units. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Finds every needle of at least four units in a text, and beginnings of needles that end where the text was cut off. */
export function needleFinder(given: Iterable<string>): (text: string, cuts: readonly number[]) => readonly Range[] {
  const needles = [...new Set(given)].filter(({ length }) => length >= least).toSorted()
  const begins = new Set(needles.map((needle) => needle.slice(0, least)))
  const short = new Set(needles.filter(({ length }) => length <= most))
  const lengths = [...new Set(Array.from(short, ({ length }) => length))].toSorted((a, b) => b - a)
  const long = longOnes(needles)
  const matchAt = (text: string, at: number, cuts: ReadonlySet<number>): number => {
    if (!begins.has(text.slice(at, at + least))) return 0
    const found = long.get(text.slice(at, at + most))
    if (found !== undefined) return found.length > few ? longestOf(found) : mostInCommon(text, at, found)
    const whole = lengths.find((length) => short.has(text.slice(at, at + length)) && at + length <= text.length)
    if (whole !== undefined) return whole
    for (let length = most; length >= least; length--)
      if (cuts.has(at + length) && isBeginning(needles, text.slice(at, at + length))) return length
    return 0
  }
  return (text, cuts) => {
    const ranges: Range[] = []
    const known = new Set(cuts)
    for (let at = 0; at + least <= text.length;) {
      const length = Math.min(matchAt(text, at, known), text.length - at)
      if (length > 0) ranges.push({ from: at, to: at + length })
      at += length > large ? length : 1
    }
    return ranges
  }
}

function longOnes(needles: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const needle of needles) {
    if (needle.length <= most) continue
    const begin = needle.slice(0, most)
    const known = found.get(begin)
    if (known) known.push(needle)
    else found.set(begin, [needle])
  }
  return found
}

function longestOf(needles: readonly string[]): number {
  return needles.reduce((longest, { length }) => Math.max(longest, length), 0)
}

/** How far the text goes on as one of the needles does. */
function mostInCommon(text: string, at: number, needles: readonly string[]): number {
  let longest = 0
  for (const needle of needles) {
    let length = most
    while (length < needle.length && text.charCodeAt(at + length) === needle.charCodeAt(length)) length++
    longest = Math.max(longest, length)
  }
  return longest
}

/** Whether one of the sorted needles begins with a text. */
function isBeginning(needles: readonly string[], text: string): boolean {
  let [low, high] = [0, needles.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((needles[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return needles[low]?.startsWith(text) === true
}
