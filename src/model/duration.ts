const milliseconds = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const

/** Milliseconds of a duration such as `15m`, `1h30m` or `2d`; undefined if the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?=\d)(?:(?<d>\d{1,9})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9})s)?$/.exec(text)
  if (!match) return undefined
  let total = 0
  for (const [unit, length] of Object.entries(milliseconds)) total += Number(match.groups?.[unit] ?? 0) * length
  return total
}
