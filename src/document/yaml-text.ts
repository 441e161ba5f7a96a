import { jsonTokens } from './json-tokens.ts'
import { yamlNumber, yamlScalar } from './yaml-words.ts'

/**
 * Valid JSON text as YAML in block style that every reader takes for the same data, be it of YAML 1.1 (as Kubernetes' tools
 * are) or 1.2: what could be taken for something else stands in double quotes, texts of several lines as they are.
 */
export function yamlOfJson(json: string): string {
  const words = jsonTokens(json)
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
      const indent = around?.indent ?? 0
      if (next === ':') {
        startLine(indent)
        const key = yamlScalar(word)
        text += key.length > longestKey ? `? ${key}\n${' '.repeat(indent)}:` : `${key}:`
        continue
      }
      if (around?.list === true) {
        startLine(indent)
        text += '- '
        behindDash = true
      }
      const isEmpty = (word === '{' && next === '}') || (word === '[' && next === ']')
      if (isEmpty || (word !== '{' && word !== '[')) {
        const value = isEmpty ? `${word}${next}` : valueOf(word, around === undefined ? undefined : indent + 2)
        text += `${around?.list === false ? ' ' : ''}${value}`
        behindDash = false
        if (isEmpty) index += 1
      } else {
        open.push({ list: word === '[', indent: around === undefined ? 0 : indent + 2 })
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

/** A key of one line may be 1024 characters long. */
const longestKey = 1000

function valueOf(token: string, indent: number | undefined): string {
  return token.startsWith('"') ? yamlScalar(token, indent) : yamlNumber(token)
}
