import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  formatPath,
  formatPattern,
  parsePath,
  parsePathTemplate,
  parsePattern,
  PathSyntaxError,
} from '../../src/model/path.ts'

t.test('a path is read as CUE writes it', async (t) => {
  const cases: readonly [string, readonly string[]][] = [
    ['', []],
    ['services.web', ['services', 'web']],
    ['services.web.ports[0]."a b"', ['services', 'web', 'ports', '0', 'a b']],
    ['[3].x', ['3', 'x']],
    ['a["b c"][0][1]', ['a', 'b c', '0', '1']],
    ['"Deployment.apps".web', ['Deployment.apps', 'web']],
    ['_ids.same', ['_ids', 'same']],
    ['#Service.x', ['#Service', 'x']],
    ['_#hidden', ['_#hidden']],
    ['$ref.é1', ['$ref', 'é1']],
    ['"\\u00e9\\n\\"\\\\\\/\\U0001F600"', ['é\n"\\/😀']],
    ['"*"', ['*']],
    ['true.null.for', ['true', 'null', 'for']],
  ]
  for (const [text, path] of cases) t.same(parsePath(text), path, text)
})

t.test('a pattern also has a bare `*`, which a path has not', async (t) => {
  t.same(parsePattern('services.*.image'), ['services', null, 'image'])
  t.same(parsePattern('*'), [null])
  t.same(parsePattern('ports[*].x'), ['ports', null, 'x'])
  t.same(parsePattern('a."*"'), ['a', '*'])
  t.throws(() => parsePath('services.*'), { message: /`\*` stands for a label in patterns only.* at column 10/ })
})

t.test('what is no path says where', async (t) => {
  const cases: readonly [string, number, RegExp][] = [
    ['a..b', 2, /a label is required.*but `\.` stands at column 3/],
    ['a.', 2, /but the path ends at column 3/],
    ['.a', 0, /at column 1/],
    ['a.b-c', 3, /a label with `-` needs double quotes, at column 4/],
    ['a.0', 2, /but `0` stands at column 3/],
    ['a[', 1, /a list position such as `\[0\]` is required at column 2/],
    ['a[01]', 3, /a closing `\]` is required at column 4/],
    ['a["x"', 5, /a closing `\]` is required/],
    ['a b', 1, /a `\.` or `\[` is required at column 2/],
    ['"open', 5, /a closing `"` is required at column 6/],
    ['"\\(x)"', 1, /an escape that paths do not know at column 2/],
    ['"\\U00110000"', 1, /an escape/],
    ['#', 0, /a label is required/],
    ['a.{stem}', 2, /but `{` stands at column 3/],
  ]
  for (const [text, offset, message] of cases) {
    t.throws(() => parsePattern(text), { name: 'PathSyntaxError', offset, message }, text)
  }
  t.throws(() => parsePath('x'.repeat(5000) + '!'), { message: /^`x{79}…` is not a path: .* at column 5001$/ })
})

t.test('a template keeps its placeholders in the labels', async (t) => {
  const names = ['stem', 'file']
  t.same(parsePathTemplate('services.{stem}."x-{file}"', names), ['services', '{stem}', 'x-{file}'])
  t.same(parsePathTemplate('a{stem}b', names), ['a{stem}b'])
  t.throws(() => parsePathTemplate('a.{other}', names), PathSyntaxError)
  t.throws(() => parsePathTemplate('a.*', names), PathSyntaxError)
})

t.test('a path is written as CUE writes it', async (t) => {
  t.equal(formatPath(['services', 'a b', 'ports', '0']), 'services."a b".ports[0]')
  t.equal(formatPath(['a', '0', 'x'], { a: [{ x: 1 }] }), 'a[0].x', 'a list where the data has one')
  t.equal(formatPath(['a', '0', 'x'], { a: { 0: { x: 1 } } }), 'a."0".x', 'a key where the data has a map')
  t.equal(formatPath(['a', '7'], { b: 1 }), 'a."7"', 'a key where the data has nothing')
  t.equal(
    formatPath(['_hidden', '#Def', '0x']),
    '"_hidden"."#Def"."0x"',
    'labels of data that would mean something else',
  )
  t.equal(formatPath([]), '')
  t.equal(formatPattern(['a', null, '*', '0']), 'a.*."*"."0"')
})

const label = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.nat().map(String),
  fc.constantFrom('*', '', '__proto__', 'a.b', 'a[0]', '"', '\\', '\u2028', '\ud800', '{stem}', '#', '_', '_#'),
)

t.test('what is written is read back', async (t) => {
  fc.assert(fc.property(fc.array(label), (path) => assert.deepEqual(parsePath(formatPath(path)), path)))
  fc.assert(
    fc.property(fc.array(fc.option(label)), (pattern) =>
      assert.deepEqual(parsePattern(formatPattern(pattern)), pattern),
    ),
  )
})

t.test('any text is a path or says why not, and nothing else', async (t) => {
  const piece = fc.constantFrom('.', '[', ']', '"', '*', '\\', 'a', '0', '_', '#', '-', ' ', '\\u00', '{', 'é', '\n')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        try {
          const pattern = parsePattern(text)
          assert.deepEqual(parsePattern(formatPattern(pattern)), pattern)
        } catch (error) {
          assert.ok(error instanceof PathSyntaxError && error.offset >= 0 && error.offset <= text.length)
          assert.doesNotMatch(String(error), /\n/)
        }
      },
    ),
  )
})
