import t from 'tap'
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
