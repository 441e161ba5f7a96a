import fc from 'fast-check'
import t from 'tap'
import { bodyLines } from '../../../src/http/reading/lines.ts'

async function* pieces(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function linesOf(chunks: readonly Uint8Array[], mostBytes = 1000): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of bodyLines(pieces(chunks), mostBytes)) lines.push(Buffer.from(line).toString())
  return lines
}

t.test('lines are the same however a body is cut into pieces', async (t) => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '))
  const cuts = fc.array(fc.nat(200))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.boolean(), cuts, async (lines, ended, places) => {
      const bytes = Buffer.from(lines.join('\n') + (ended ? '\n' : ''))
      const sorted = [0, ...places.filter((place) => place < bytes.length), bytes.length].toSorted((a, b) => a - b)
      const chunks = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end))
      const expected = lines.filter((text) => /\S/.test(Buffer.from(text).toString('latin1')))
      t.same(await linesOf(chunks), expected)
    }),
    { numRuns: 100 },
  )
})

t.test('no line is longer than allowed', async (t) => {
  t.same(await linesOf([Buffer.from('{"a":1}\r\n\r\n'), Buffer.from('{"b":2}')], 8), ['{"a":1}\r', '{"b":2}'])
  await t.rejects(linesOf([Buffer.from('12345'), Buffer.from('6789\n')], 8), { code: 'BODY_TOO_LARGE' })
})
