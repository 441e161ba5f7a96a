// Longer texts are no mistyped words.
const longest = 80

/** The known word nearest to a mistyped one, at most a third of its letters differing; else the only one that it begins; else undefined. */
export function didYouMean(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > longest) return undefined
  const limit = Math.max(1, Math.floor(typed.length / 3))
  let nearest: string | undefined
  let least = limit + 1
  for (const word of [...known].sort()) {
    if (word === typed || Math.abs(word.length - typed.length) >= least) continue
    const distance = editDistance(typed.toLowerCase(), word.toLowerCase(), least)
    if (distance < least) {
      least = distance
      nearest = word
    }
  }
  return nearest ?? begun(typed, known)
}

/** The one word that a shortened one begins. */
function begun(typed: string, known: Iterable<string>): string | undefined {
  const words = [...known].filter((word) => word !== typed && word.startsWith(typed))
  return typed.length >= 3 && words.length === 1 ? words[0] : undefined
}

/** `; did you mean …` for a message, or nothing. */
export function suggestion(typed: string, known: Iterable<string>): string {
  const nearest = didYouMean(typed, known)
  return nearest === undefined ? '' : `; did you mean \`${nearest}\``
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; `limit` or more is answered as `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const differs = left[row - 1] === right[column - 1] ? 0 : 1
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + differs)
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped && row > 1 && column > 1) distance = Math.min(distance, at(beforeLast, column - 2) + 1)
      current.push(distance)
    }
    if (Math.min(...current) >= limit) return limit
    beforeLast = last
    last = current
  }
  return Math.min(at(last, right.length), limit)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
