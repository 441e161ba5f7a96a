import fc from 'fast-check'
import t from 'tap'
import { byteLines, type ByteLine } from '../../src/document/byte-lines.ts'

async function* piecesOf(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  let from = 0
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, cut)
    from = cut
  }
}

t.test('lines are the same however a stream is cut, and those that are too long are told', async (t) => {
  const text = fc.array(fc.constantFrom('a', 'bc', 'é', '\n', '{}'), { maxLength: 40 }).map((all) => all.join(''))
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.nat(100), { maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      async (all, cuts, most) => {
        const found: ByteLine[] = []
        for await (const some of byteLines(piecesOf(all, cuts), most)) found.push(...some)
        const lines = all.split('\n')
        if (lines.at(-1) === '') lines.pop()
        t.same(
          found.map(({ number, bytes }) => [number, bytes && Buffer.from(bytes).toString()]),
          lines.map((line, index) => [index + 1, Buffer.byteLength(line) > most ? undefined : line]),
        )
      },
    ),
    { numRuns: 200 },
  )
})
