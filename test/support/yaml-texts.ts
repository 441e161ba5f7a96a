import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { splitYaml } from '../../src/document/yaml-split.ts'

/** The text of every document of the YAML files below some folders, sorted by file; of folders that are not there, none. */
export function documentTexts(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .flatMap((name) => {
        const text = readFileSync(`${folder}/${name}`, 'utf8')
        return splitYaml(text).map(({ start, end }) => text.slice(start, end))
      })
  })
}

const hostile = fc.constantFrom(
  ...[
    'a',
    'b c',
    'key',
    '',
    ' ',
    '-',
    '- x',
    ': ',
    'a: b',
    'a:',
    '#',
    'a #b',
    '"',
    "'",
    '~',
    'null',
    'Yes',
    'on',
    'n',
    'FALSE',
  ],
  ...[
    '0',
    '-0',
    '007',
    '0o17',
    '0x1F',
    '1_000',
    '1e3',
    'e5',
    '.5',
    '1.',
    '-1.50',
    '12345678901234567',
    '0.1',
    '.',
    '1:30',
    '.inf',
  ],
  ...[
    '<<',
    '&a',
    '*a',
    '!t',
    '%d',
    '@x',
    '`x',
    '{',
    '[a]',
    '[',
    '? x',
    '|',
    '>',
    'a\nb',
    'a\n\n  b\n',
    '\n',
    ' lead',
    'trail ',
  ],
  ...[
    '__proto__',
    'constructor',
    'é',
    '😀',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\t',
    'a\tb',
    '---',
    '...',
    'x'.repeat(90),
    'http://x/?a=b&c',
  ],
)

const harmless = fc.constantFrom(
  'a',
  'b',
  'key',
  'app.kubernetes.io/name',
  'two words',
  '10.0.0.1',
  '100m',
  '3',
  '8080',
  'true',
)
const word = fc.oneof({ weight: 4, arbitrary: harmless }, { weight: 1, arbitrary: hostile })

/** Data whose texts mean something in YAML. */
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: word },
    { weight: 1, arbitrary: fc.oneof(harmless, fc.string({ maxLength: 12 })) },
    { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null)) },
    { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    {
      weight: 3,
      arbitrary: fc.dictionary(
        fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: fc.string({ maxLength: 6 }) }),
        tie('value'),
        { maxKeys: 4 },
      ),
    },
  ),
})).value

/** Data written in many styles. */
export const written: fc.Arbitrary<string> = fc
  .tuple(
    data,
    fc.record({
      indent: fc.constantFrom(1, 2, 3, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
      defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
      lineWidth: fc.constantFrom(0, 40, 80),
      singleQuote: fc.constantFrom(true, false, null),
      directives: fc.constantFrom(true, null),
      flowCollectionPadding: fc.boolean(),
      version: fc.constantFrom('1.1', '1.2'),
    }),
  )
  .map(([value, options]) => stringify(value, options))

const piece = fc.constantFrom(
  ...' \n-:#?,[]{}"\'|>&*!%@`~<\\\t\r0e.ay_'.split(''),
  ...[
    ': ',
    ' #',
    '- ',
    '\n ',
    '\n  ',
    '\n\n',
    '\n#c\n',
    '\n  # c\n',
    '  ',
    '? ',
    '---\n',
    '...\n',
    '|\n',
    '>-\n',
    '|+\n',
    'a: ',
    '"\\',
    '{}',
    '[]',
  ],
  ...[
    '<<: ',
    '&a ',
    '*a',
    '!!str ',
    'y',
    'null',
    '0o7',
    '\u00a0',
    '\ufeff',
    '\u2028',
    '__proto__: ',
    'k: |2\n',
    '{a: b, "c":d}',
    '[a, "b" ]',
  ],
)

const kinds = ['insert', 'delete', 'replace', 'indent', 'outdent', 'repeat', 'drop', 'cut'] as const
type Change = readonly [share: number, kind: (typeof kinds)[number], piece: string, count: number]

/** A change of a text: something put in at a place (a share of the length), something taken away, or a line moved. */
const change: fc.Arbitrary<Change> = fc.tuple(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.constantFrom(...kinds),
  piece,
  fc.integer({ min: 1, max: 4 }),
)

/** One of the texts, changed in a few places. */
export function changed(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(apply, text.slice(0, 3000)))
}

function apply(text: string, [share, kind, piece, count]: Change): string {
  const at = Math.floor(share * text.length)
  const line = text.lastIndexOf('\n', at - 1) + 1
  const next = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1
  const results: Readonly<Record<Change[1], () => string>> = {
    insert: () => text.slice(0, at) + piece + text.slice(at),
    delete: () => text.slice(0, at) + text.slice(at + count),
    replace: () => text.slice(0, at) + piece + text.slice(at + count),
    indent: () => text.slice(0, line) + ' '.repeat(count) + text.slice(line),
    outdent: () => text.slice(0, line) + text.slice(line).replace(/^ {1,2}/, ''),
    repeat: () => text.slice(0, next) + text.slice(line, next) + text.slice(next),
    drop: () => text.slice(0, line) + text.slice(next),
    cut: () => text.slice(0, at),
  }
  return results[kind]()
}
