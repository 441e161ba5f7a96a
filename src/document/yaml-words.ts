/** What readers of YAML, of one version or another, take for something else than a text. */
const reserved = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf|infinity)$/i

/** Characters that stand in no YAML text as they are, or end a line in YAML 1.1. */
const unwritable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * A text, given as JSON writes it, as YAML writes it: plain if every reader takes it for the same text; below `indent`, if it
 * has several lines that can stand as they are; else in double quotes.
 */
export function yamlScalar(token: string, indent?: number): string {
  const text = token.slice(1, -1)
  if (/^[A-Za-z_/](?:[\w./:@+-]*[\w./@+-])?$/.test(text)) return reserved.test(text) ? token : text
  const lines = indent === undefined || !text.includes(String.raw`\n`) ? undefined : literal(token, indent)
  return lines ?? token.replace(unwritable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A text as the lines that it has; undefined where a reader could lose something of it. */
function literal(token: string, indent: number): string | undefined {
  const text: unknown = JSON.parse(token)
  if (typeof text !== 'string' || !isWritable(text)) return undefined
  const ends = text.endsWith('\n')
  const lines = (ends ? text.slice(0, -1) : text).split('\n')
  const [first = '', last = ''] = [lines[0], lines.at(-1)]
  if (/^\s|^$/.test(first) || last === '' || lines.some((line) => /[ \t]$/.test(line))) return undefined
  const margin = ' '.repeat(indent)
  return `${ends ? '|' : '|-'}${lines.map((line) => (line === '' ? '\n' : `\n${margin}${line}`)).join('')}`
}

/** Whether a text has no characters but those that YAML takes as they are. */
function isWritable(text: string): boolean {
  return !/\p{Surrogate}/u.test(text) && text.search(unwritable) < 0 && !/[^\P{Cc}\t\n]/u.test(text)
}

/** A number, `true`, `false` or `null`: an exponent gets the point and sign without which YAML 1.1 takes it for a text. */
export function yamlNumber(token: string): string {
  const [, whole, fraction = '.0', sign = '+', exponent] = /^(-?\d+)(\.\d+)?[eE]([+-])?(\d+)$/.exec(token) ?? []
  return whole === undefined ? token : `${whole}${fraction}e${sign}${exponent}`
}
