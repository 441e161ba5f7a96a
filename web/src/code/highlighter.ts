// Loaded only where code is shown, as a chunk of its own: grammars are larger than all pages together.
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import cue from '@shikijs/langs/cue'
import json from '@shikijs/langs/json'
import yaml from '@shikijs/langs/yaml'
import { codeToTokensBase, createShikiPrimitive } from '@shikijs/primitive'
import type { Colourer } from './coloured.ts'

/** Scopes of the grammars by the name of their class: `t-k` is a key. */
const scopes = {
  c: ['comment', 'punctuation.definition.comment'],
  s: ['string', 'punctuation.definition.string'],
  n: ['constant', 'constant.numeric'],
  w: ['keyword', 'storage', 'support.type', 'entity.name.type'],
  k: ['variable.other.member', 'variable.other', 'entity.name.tag', 'support.type.property-name', 'meta.tag'],
} as const

// A theme writes colours into elements, which the content security policy forbids: each of these stands for a class.
const marks = Object.entries(scopes).map(([name, scope], index) => ({
  name,
  scope: [...scope],
  colour: `#00000${index + 1}`,
}))
const nameOf = new Map(marks.map(({ colour, name }) => [colour, `t-${name}`]))

const theme = {
  name: 'marks',
  type: 'light' as const,
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000' } },
    ...marks.map(({ scope, colour }) => ({ scope, settings: { foreground: colour } })),
  ],
}

/** How long lines are coloured for at most, in milliseconds a line. */
const lineMs = 50
/** Of how many objects a few lines may hold the end. */
const deep = 9

/** Makes what colours code. */
export function createColourer(): Colourer {
  const shiki = createShikiPrimitive({
    themes: [theme],
    langs: [cue, yaml, json],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  return (text, language) => {
    // Lines of JSON are the inside of objects: without what opens these, no key would be told from a text.
    const start = language === 'json' ? `${'{"":'.repeat(deep)}{\n` : ''
    return codeToTokensBase(shiki, start + text, { lang: language, theme: 'marks', tokenizeTimeLimit: lineMs })
      .slice(start === '' ? 0 : 1)
      .map((line) => line.map(({ color = '', content }) => ({ text: content, name: nameOf.get(color.toLowerCase()) })))
  }
}
