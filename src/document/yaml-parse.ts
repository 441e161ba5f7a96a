import { LineCounter, parseDocument } from 'yaml'
import type { ParsedNode, Tags } from 'yaml'
import { tooDeep } from './limits.ts'
import { unlimited, type ReadingTime } from './reading-time.ts'
import { yamlTooDeepAt } from './yaml-depth.ts'

/** The nodes of one YAML document, or why there are none. */
export type YamlTree =
  | { readonly ok: true; readonly root: ParsedNode | null; /** Whether `<<` merges. */ readonly merges: boolean }
  | { readonly ok: false; readonly message: string; readonly offset: number }

/** Parses the text of one document; a syntax error is an answer, whatever the text. */
export function parseYaml(text: string, version: '1.2' | '1.1', time: ReadingTime = unlimited): YamlTree {
  const deep = yamlTooDeepAt(text)
  if (deep !== undefined) return { ok: false, message: tooDeep, offset: deep }
  try {
    const document = parseDocument(text, {
      version,
      uniqueKeys: false,
      intAsBigInt: true,
      prettyErrors: false,
      logLevel: 'error',
      lineCounter: perLine(() => time.check()),
      ...(version === '1.1' && { customTags: withoutTimes }),
    })
    const error = document.errors[0]
    if (error && isOverflow(error.message)) return { ok: false, message: tooDeep, offset: 0 }
    if (error) return { ok: false, message: `not valid YAML: ${inOurForm(error.message)}`, offset: error.pos[0] }
    return { ok: true, root: document.contents, merges: document.schema.name === 'yaml-1.1' }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, message: tooDeep, offset: 0 }
    throw error
  }
}

/** The parser tells a counter of lines wherever one begins. */
function perLine(tell: () => void): LineCounter {
  const counter = new LineCounter()
  counter.addNewLine = (offset) => {
    tell()
    return offset
  }
  return counter
}

/** YAML 1.1 also knows times and numbers of base 60, which Kubernetes does not. */
function withoutTimes(tags: Tags): Tags {
  return tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      !(tag.tag === 'tag:yaml.org,2002:timestamp' || ('format' in tag && tag.format === 'TIME')),
  )
}

function isOverflow(message: string): boolean {
  return message.includes('call stack')
}

function inOurForm(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim()
  return line.charAt(0).toLowerCase() + line.slice(1)
}
