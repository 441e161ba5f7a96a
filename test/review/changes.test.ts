import t from 'tap'
import { changesBetween } from '../../src/review/changes.ts'
import { type CueField, cueOutline, outlineAt } from '../../src/review/cue-outline.ts'

const text = String.raw`import "strings"

services: {
	checkout: {
		tls: minVersion: "1.3"
		replicas: int & >=3
		"a: b": "x } , \" y"
		list: [1, {a: 1}, """
			three: {
			"""]
		url:     "https://\(host + "}")/x"
		open: {a: 1} | {
			b: 2
		}
		long: strings.MinRunes(1) &
			strings.MaxRunes(3)
		backup!: "hourly" | "daily" // why
		empty: {}
		...
	}
}
raw: #"a "quoted" \#(host) word"#
#hidden?: _
`

function shown(fields: readonly CueField[] = []): unknown {
  return Object.fromEntries(
    fields.map(({ label, mark, value }) => [label + mark, value.fields ? shown(value.fields) : value.text]),
  )
}

t.test('the outline of formatted CUE text', async (t) => {
  t.same(shown(cueOutline(text).fields), {
    services: {
      checkout: {
        tls: { minVersion: '"1.3"' },
        replicas: 'int & >=3',
        'a: b': String.raw`"x } , \" y"`,
        list: '[1, {a: 1}, """\nthree: {\n"""]',
        url: String.raw`"https://\(host + "}")/x"`,
        open: '{a: 1} | {\n\tb: 2\n}',
        long: 'strings.MinRunes(1) &\nstrings.MaxRunes(3)',
        'backup!': '"hourly" | "daily" // why',
        empty: {},
      },
    },
    raw: String.raw`#"a "quoted" \#(host) word"#`,
    '#hidden?': '_',
  })
  t.equal(outlineAt(cueOutline(text), ['services', 'checkout'])?.rest, '...')
  t.equal(outlineAt(cueOutline(text), ['services', 'checkout', 'tls'])?.text, 'minVersion: "1.3"')
  t.equal(outlineAt(cueOutline(text), ['services', 'gone']), undefined)
  t.same(cueOutline('int & >3'), { text: 'int & >3' })
  t.same(cueOutline(''), { text: '', fields: [] })
  t.ok(cueOutline('a: {'.repeat(10_000)), 'deep text ends')
})

t.test('changes between two texts: leaves, and what comes or goes as a whole', async (t) => {
  const before = 'a: {x: 1, y: {z: 2}}\nb: c: 1\nsame: {}\nlist: [1]\nneed!: int'
  const after = 'a: {x: 2, w: 3}\nnew: {p: 1, q: 2}\nsame: {}\nlist: [1, 2]\nneed: int'
  t.same(changesBetween(before, after), [
    { at: 'a.w', path: ['a', 'w'], after: '3' },
    { at: 'a.x', path: ['a', 'x'], before: '1', after: '2' },
    { at: 'a.y', path: ['a', 'y'], before: 'z: 2' },
    { at: 'b', path: ['b'], before: 'c: 1' },
    { at: 'list', path: ['list'], before: '[1]', after: '[1, 2]' },
    { at: 'need', path: ['need'], before: 'need!: int', after: 'need: int' },
    { at: 'new', path: ['new'], after: 'p: 1, q: 2' },
  ])
  t.same(changesBetween(before, before), [])
  t.same(changesBetween('', 'a: 1'), [{ at: 'a', path: ['a'], after: '1' }])
  t.same(changesBetween('a: 1', '_|_'), [{ at: '', path: [], before: 'a: 1', after: '_|_' }])
  t.same(changesBetween('a: {\n\tb: 1\n\t...\n}', 'a: b: 1'), [{ at: 'a', path: ['a'], before: '...' }])
  t.match(changesBetween('', `a: "${'x'.repeat(2000)}"`)[0]?.after, /… \(1002 characters more\)$/)
})
