// Valid JSON text written anew without reading its numbers, which may be longer than JavaScript's. Nothing here recurses:
// depth is whatever an engine answers.

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/** JSON text with each member and element on a line of its own. */
export function indentedJson(json: string): string {
  let text = ''
  let depth = 0
  let before = ''
  for (const [token] of json.matchAll(tokens)) {
    const closes = token === '}' || token === ']'
    const isEmpty = closes && (before === '{' || before === '[')
    if (closes) depth -= 1
    if (!isEmpty && (closes || before === '{' || before === '[' || before === ',')) text += `\n${'  '.repeat(depth)}`
    text += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth += 1
    before = token
  }
  return `${text}\n`
}

/** JSON text as YAML in block style; a string that YAML could take for something else stays in double quotes. */
export function yamlOfJson(json: string): string {
  const words = Array.from(json.matchAll(tokens), ([token]) => token)
  const open: Open[] = []
  let text = ''
  /** Whether the next thing goes behind `- ` on the same line. */
  let behindDash = true
  const startLine = (indent: number): void => {
    if (!behindDash) text += `\n${' '.repeat(indent)}`
    behindDash = false
  }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const next = words[index + 1]
    const around = open.at(-1)
    if (word === '}' || word === ']') {
      open.pop()
    } else if (word !== ',' && word !== ':') {
      const isKey = next === ':'
      if (isKey) {
        startLine(around?.indent ?? 0)
        text += `${plain(word)}:`
        continue
      }
      if (around?.list === true) {
        startLine(around.indent)
        text += '- '
        behindDash = true
      }
      const isEmpty = (word === '{' && next === '}') || (word === '[' && next === ']')
      if (isEmpty || (word !== '{' && word !== '[')) {
        text += `${around?.list === false ? ' ' : ''}${isEmpty ? `${word}${next}` : plain(word)}`
        behindDash = false
        if (isEmpty) index += 1
      } else {
        open.push({ list: word === '[', indent: around === undefined ? 0 : around.indent + 2 })
      }
    }
  }
  return `${text}\n`
}

/** A map or list that is being written. */
interface Open {
  readonly list: boolean
  readonly indent: number
}

const reserved = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf|infinity)$/i

/** A string without its quotes, if every reader of YAML takes it for the same string. */
function plain(token: string): string {
  const text = token.slice(1, -1)
  return token.startsWith('"') && /^[A-Za-z_][\w./-]*$/.test(text) && !reserved.test(text) ? text : token
}
