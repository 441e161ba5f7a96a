const longest = 15

/** Names short enough for a lane. Those that would read the same begin where they differ. */
export function laneNames(names: readonly string[]): readonly string[] {
  const short = names.map((name) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name))
  return names.map((name, index) => {
    const alike = names.filter((_, other) => short[other] === short[index])
    if (alike.length === 1) return short[index] ?? name
    const from = Math.max(...alike.filter((other) => other !== name).map((other) => sharedLength(name, other)), 0)
    // A word that differs is told from its beginning, if that is not far.
    const word = name.slice(0, from).search(/[^.:/_-]{0,8}$/)
    const rest = name.slice(Math.min(word < 0 ? from : word, name.length - 1))
    return `…${rest.length > longest - 1 ? `${rest.slice(0, longest - 2)}…` : rest}`
  })
}

function sharedLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
