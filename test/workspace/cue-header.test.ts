import * as fc from 'fast-check'
import t from 'tap'
import { cueEmbeds, cueHeader } from '../../src/workspace/cue-header.ts'

t.test('package, imports and @ignore() at the head of a file', async (t) => {
  const cases: readonly (readonly [text: string, expected: ReturnType<typeof cueHeader>])[] = [
    ['package shop\nx: 1', { package: 'shop', imports: [], ignored: false }],
    [
      '\uFEFF// about\n\n@if(prod && !(dev))\n@extern(embed)\npackage shop // the shop\n',
      { package: 'shop', imports: [], ignored: false },
    ],
    ['@ignore()\npackage old\n', { package: 'old', imports: [], ignored: true }],
    [
      'package shop\n\nimport "strings"\nimport l "example.com/lib@v0:sizes"\nimport "not" x',
      { package: 'shop', imports: ['strings', 'example.com/lib@v0:sizes', 'not'], ignored: false },
    ],
    [
      'package shop\nimport (\n\t"list" // lists\n\tn "net", "example.com/a"\n)\nimport ()\nimport "time"\nx: "import \\"no\\""',
      { package: 'shop', imports: ['list', 'net', 'example.com/a', 'time'], ignored: false },
    ],
    ['import "strings"\nx: strings.ToUpper("a")', { imports: ['strings'], ignored: false }],
    ['x: 1\nimport "late"', { imports: [], ignored: false }],
    ['package: "a field"', { imports: [], ignored: false }],
    ['package', { imports: [], ignored: false }],
    ['package é1\n', { package: 'é1', imports: [], ignored: false }],
    ['import (', { imports: [], ignored: false }],
    ['@if(open', { imports: [], ignored: false }],
    ['@if("a)b")\npackage x', { package: 'x', imports: [], ignored: false }],
    ['', { imports: [], ignored: false }],
  ]
  for (const [text, expected] of cases) t.same(cueHeader(text), expected, JSON.stringify(text))
})

t.test('data files that are embedded', async (t) => {
  t.same(
    cueEmbeds(
      '@extern(embed)\npackage x\na: _ @embed(file="d.yaml")\nb: _ @embed( glob = "*.json" , type=json )\nc: _ @embed(file=plain.json)\nd: _ @tag(env)\ne: _ @embed(file="a (1).yaml")',
    ),
    ['d.yaml', '*.json', 'plain.json', 'a (1).yaml'],
  )
  t.same(cueEmbeds('@embed('), [])
})

t.test('any text is read in time proportional to it, without an exception', async (t) => {
  const piece = fc.constantFrom(
    'package ',
    'import ',
    '(',
    ')',
    '"',
    '"a"',
    '\\',
    '\n',
    '@if(',
    '@ignore()',
    '@embed(file=',
    '//',
    ',',
    ' ',
    'x',
    '_',
    '{',
    '\u0000',
    '\ud800',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      return cueHeader(text).imports.every((path) => path.length > 0) && Array.isArray(cueEmbeds(text))
    }),
    { numRuns: 2000 },
  )
  for (const piece of ['@embed(', '@embed("', '@if(', '((', '"', 'import ', 'import (', '//', '@embed(file=file=']) {
    const text = piece.repeat(200_000)
    t.ok(cueHeader(text).imports.length >= 0 && cueEmbeds(text).length >= 0, piece)
  }
})
