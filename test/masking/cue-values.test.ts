import t from 'tap'
import { cueValues, valuesIn } from '../../src/masking/cue-values.ts'
import { Decimal } from '../../src/model/data.ts'

function found(text: string, ...labels: readonly string[]): readonly unknown[] {
  return cueValues([text], new Set(labels)).map((value) => (value instanceof Decimal ? value.text : value))
}

t.test('literals below a field of that name are its values, wherever it stands', async (t) => {
  t.same(found('a: password: "x", other: "y"', 'password'), ['x'])
  t.same(found('a: "password"!: {old: "x", "new": ["y", 3, true]}\nother: "z"', 'password'), ['x', 'y', '3', true])
  t.same(found('password: "x" |\n\t*"y" // "z"\nother: "z"', 'password'), ['x', 'y'])
  t.same(found('password: """\n\tone\n\ttwo\n\t"""', 'password'), ['\n\tone\n\ttwo\n\t'])
  t.same(found("password: #'x\\#(y)z'#", 'password'), ['x', 'z'])
})

t.test('what a value is taken from is one, too', async (t) => {
  t.same(found('password: _p\n_p: lib.q\nlib: q: "x"\nother: "y"', 'password'), ['x'])
  t.same(found('let P = "x"\npassword: P + "y"', 'password'), ['y', 'x'])
  t.same(found('password: all["key"]\nall: {key: "x", other: "y"}', 'password'), ['x'])
  t.same(found('a: b\nb: a\nb: "x"', 'a'), ['x'])
})

t.test('what it is compared with, and what is said about it, is none', async (t) => {
  t.same(found('password: !="x" & =~"y" & >=12 & strings.MinRunes(8) | error("[P] \\(password) z")', 'password'), [])
  t.same(found('password: string @tag(p)', 'password'), [])
})

t.test('what is not CUE still shows its literals', async (t) => {
  const values = valuesIn("conflicting values 'y' and 5 and \"x…").map(({ value }) => value)
  t.same(values, ['y', new Decimal('5'), 'x'])
  t.same(cueValues(['a: "x"', 'b: {'], 'everywhere'), ['x'])
})
