import t from 'tap'
import type { Fragments } from '../../../src/engine/protocol.ts'
import { plainEntities } from '../../../src/evaluation/division/plain-entities.ts'
import { thinner } from '../../../src/evaluation/division/thin.ts'

const found = (text: string): readonly string[] => plainEntities(text).map(({ path }) => path.join('.'))

t.test('entities of constants on lines of their own are found', async (t) => {
  const text = `package a // "x": {

import "strings"

services: web: {replicas: 3}
services: "a b": {
	labels: team: "x", ports: [80, -1.5]
	"on": true, off: null
}
namespaces: north: apps: "x.y": {}
#Service: {a: strings.MinRunes(1), b: "\\n{"}
services: last: {a: {b: {}}}`
  t.same(found(text), ['services.web', 'services.a b', 'namespaces.north.apps.x.y', 'services.last'])
  const [, second] = plainEntities(text)
  t.match(text.slice(second?.start, second?.end), /^services: "a b": \{[^]*off: null\n\}$/)
  t.equal(second?.lines, 3)
})

t.test('what says more, or stands beside something, is passed over', async (t) => {
  const others = [
    'services: web: {a: *1 | int}',
    'services: web: {a: b}',
    'services: web: {a?: 1}',
    'services: web: {_a: 1}',
    'services: web: {"#a": 1}',
    'services: web: {close: 1}',
    'services: web: {a: "\\(b)"}',
    'services: web: {a: 1} @rule(id="R")',
    'services: web: {a: 1 @rule(id="R")}',
    'services: web: {a: 1} & #Web',
    'services: web: {a: 1}, b: 2',
    'services: web: {a: 1} // why',
    'services: web: {\n// why\na: 1}',
    'services: web: {a: 1.5e3}',
    'services: web: {a: 0x1F}',
    'services: web: {a: 1_000}',
    'services: web: {...}',
    'services: web: 3',
    'services: {web: {a: 1}}',
    'services: [string]: {a: 1}',
    'services: _web: {a: 1}',
    'services: "_web": {a: 1}',
    'services: (web): {a: 1}',
    '// about it\nservices: web: {a: 1}',
    '// about it\n\nservices: web: {a: 1}',
    'services: web: {a: 1}\n\n// about it',
    ' services: web: {a: 1}',
    'x: {\nservices: web: {a: 1}\n}',
    'x: [\nservices: web: {a: 1}\n]',
  ]
  for (const text of others) t.same(found(text), [], text)
})

t.test('behind text of which the end is not certain nothing is looked for', async (t) => {
  for (const text of ['"""\n', "'", "'''\n", '#"a"#', '"a\\(b)"', '"a'])
    t.same(found(`services: api: {a: 1}\nx: ${text}\nservices: web: {a: 1}\n`), ['services.api'], text)
})

t.test('what a restriction leaves out is left out, but for the first of each file; lines stay', async (t) => {
  const text = [
    'package a',
    'services: a: {',
    'x: 1}',
    'services: b: {',
    'x: 1}',
    'services: c: {x: 1}',
    'docs: {}',
  ].join('\n')
  const fragments: Fragments = {
    files: [
      { name: 'a/a.cue', text, team: 'a' },
      { name: 'lib/a.cue', text },
      { name: 'a/a.json', text },
    ],
    parts: [{ kind: 'package', team: 'a', dir: 'a' }],
    tags: {},
    limits: [],
  }
  const thin = thinner(0)
  const textOf = (given: Fragments, keep: readonly string[], patterns = [['services', null]]): string | undefined =>
    thin(given, { patterns, keep: keep.map((label) => ['services', label]) }).files[0]?.text
  t.equal(textOf(fragments, []), text.replace('services: b: {\nx: 1}', '\n').replace('services: c: {x: 1}', ''))
  t.equal(textOf(fragments, ['a']), text.replace('services: c: {x: 1}', ''))
  t.equal(textOf(fragments, ['b', 'c']), text)
  t.equal(textOf(fragments, [], [['services', null, null]]), text, 'of no pattern')
  t.same(thin(fragments, { patterns: [['services', null]], keep: [] }).files.slice(1), fragments.files.slice(1))
  const importing = (clause: string): Fragments => ({
    ...fragments,
    files: [...fragments.files, { name: 'b/b.cue', text: `package b\n${clause}\n` }],
  })
  t.not(textOf(importing('import "strings"'), []), text)
  t.equal(textOf(importing('import "example.com/a"'), []), text, 'what is imported is no part of the tree')
  t.equal(textOf(importing('import (\n\t"list"\n\tb "workspace.congruent/a:a"\n)'), []), text)
  t.equal(thinner()(fragments, { patterns: [['services', null]], keep: [] }), fragments, 'short texts stay')
})
