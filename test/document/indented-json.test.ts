import * as fc from 'fast-check'
import t from 'tap'
import { indentedJson } from '../../src/document/indented-json.ts'

t.test('JSON text is indented without reading its numbers', async (t) => {
  const json = '{"a":[1,12345678901234567890,0.10000000000000000001],"b":{},"c":[],"d":{"e":"x,{}\\""}}'
  t.equal(
    indentedJson(json),
    `{
  "a": [
    1,
    12345678901234567890,
    0.10000000000000000001
  ],
  "b": {},
  "c": [],
  "d": {
    "e": "x,{}\\""
  }
}
`,
  )
  fc.assert(
    fc.property(
      fc.jsonValue(),
      (value) => indentedJson(JSON.stringify(value)) === `${JSON.stringify(value, null, 2)}\n`,
    ),
  )
})
