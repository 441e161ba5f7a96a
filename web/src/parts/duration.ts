const seconds = { d: 86_400, h: 3600, m: 60, s: 1 } as const

/** Seconds of a duration as the workspace writes it: `1h30m`. */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (isUnit(unit) ? seconds[unit] : 0), 0)
}

/** `6 s`, `12 min`, `2 h 10 min`, `4 d`; a negative one has a minus sign. */
export function spelled(count: number): string {
  const size = Math.abs(Math.round(count))
  const sign = count < 0 && size > 0 ? '−' : ''
  if (size < 120) return `${sign}${size} s`
  const minutes = Math.floor(size / 60)
  if (minutes < 120) return `${sign}${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${sign}${Math.floor(hours / 24)} d`
  return minutes % 60 === 0 || hours >= 10 ? `${sign}${hours} h` : `${sign}${hours} h ${minutes % 60} min`
}

function isUnit(unit: string | undefined): unit is keyof typeof seconds {
  return unit !== undefined && unit in seconds
}
