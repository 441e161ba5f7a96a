const multipliers: Readonly<Record<string, bigint>> = {
  K: 1000n,
  M: 1000n ** 2n,
  G: 1000n ** 3n,
  T: 1000n ** 4n,
  P: 1000n ** 5n,
  Ki: 1024n,
  Mi: 1024n ** 2n,
  Gi: 1024n ** 3n,
  Ti: 1024n ** 4n,
  Pi: 1024n ** 5n,
}

/** What may be a number in a text of CUE or JSON, wherever it stands. */
export const numberPattern =
  /0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+|[KMGTP]i?\b)?/g

/** Longer ones are not converted, which would take long; they are found as they are written. */
const longest = 1000

/** One text for all ways to write a number, its sign aside: digits without zeros around them, and the power of ten. */
export function canonicalNumber(written: string): string {
  const text = written.replaceAll('_', '').replace(/^[-+]/, '')
  if (text.length > longest) return text
  if (/^0[xob]/i.test(text)) return /^0[xob]$/i.test(text) ? '0e0' : canonicalNumber(String(BigInt(text.toLowerCase())))
  const [, whole = '', fraction = '', power = '0', unit] =
    /^(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?([KMGTP]i?)?$/.exec(text) ?? []
  const factor = unit === undefined ? undefined : multipliers[unit]
  const digits = factor === undefined ? whole + fraction : String(BigInt(whole + fraction || '0') * factor)
  const kept = digits.replace(/^0+/, '')
  const trimmed = kept.replace(/0+$/, '')
  if (trimmed === '') return '0e0'
  return `${trimmed}e${BigInt(power) - BigInt(fraction.length) + BigInt(kept.length - trimmed.length)}`
}
