import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { pack, type Header } from 'tar-stream'
import t from 'tap'
import { readArchive, writeArchive } from '../../../../src/operations/stored/publishing/archive.ts'

type Entry = readonly [header: Partial<Header> & Pick<Header, 'name'>, content?: string | Buffer]

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack()
  for (const [header, content] of entries) {
    if (content === undefined) archive.entry(header)
    else archive.entry(header, content)
  }
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* inPieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const limits = { mostBytes: 100_000, mostEntries: 10 }
const read = (bytes: Uint8Array) => readArchive(inPieces(bytes, 4096), limits)

t.test('files come out as they went in', async (t) => {
  const name = fc.array(fc.constantFrom('a', 'b.cue', 'é', '..x', ' '), { minLength: 1, maxLength: 30 })
  const files = fc.dictionary(
    name.map((labels) => labels.join('/')),
    fc.uint8Array({ maxLength: 2000 }),
    { minKeys: 1, maxKeys: 5 },
  )
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const wanted = new Map(Object.entries(given).map(([path, bytes]) => [path, Buffer.from(bytes)]))
      const names = [...wanted.keys()]
      fc.pre(!names.some((path) => names.some((other) => other.startsWith(`${path}/`))))
      const packed = await writeArchive(wanted)
      t.same(await read(packed), wanted)
      t.same(await writeArchive(wanted), packed, 'equal files, equal bytes')
    }),
    { numRuns: 30 },
  )
})

t.test('what an archive may not hold', async (t) => {
  const file: Entry = [{ name: 'a.cue' }, 'a: 1']
  const cases: readonly (readonly [readonly Entry[], RegExp])[] = [
    [[[{ name: 'l', type: 'symlink', linkname: '/etc/passwd' }]], /`l`, which is a symlink/],
    [[[{ name: 'h', type: 'link', linkname: 'a.cue' }]], /which is a link/],
    [[[{ name: 'p', type: 'fifo' }]], /which is a fifo/],
    [[[{ name: 'c', type: 'character-device' }]], /which is a character-device/],
    [[[{ name: '../a.cue' }, 'x']], /leaves the workspace/],
    [[[{ name: 'x/../../a.cue' }, 'x']], /leaves the workspace/],
    [[[{ name: '/a.cue' }, 'x']], /is absolute/],
    [[[{ name: 'C:/a.cue' }, 'x']], /is absolute/],
    [[[{ name: 'a\\b.cue' }, 'x']], /holds a backslash/],
    [[file, [{ name: './a.cue' }, 'x']], /is there twice/],
    [[file, [{ name: 'a.cue/b' }, 'x']], /which is a file/],
    [[[{ name: 'congruent.yaml' }, 'x']], /is the workspace file/],
    [[[{ name: 'only/', type: 'directory' }]], /holds no file/],
    [Array.from({ length: 11 }, (_, index): Entry => [{ name: `f${index}` }, '']), /more than 10 entries/],
    [[[{ name: 'bomb' }, Buffer.alloc(300_000)]], /unpacks to more than 200000 bytes/],
  ]
  for (const [entries, why] of cases)
    await t.rejects(read(gzipSync(await tar(entries))), { code: 'ARCHIVE_INVALID', message: why }, String(why))
  const good = gzipSync(await tar([file]))
  await t.rejects(read(Buffer.from('no gzip')), { code: 'ARCHIVE_INVALID', message: /is no gzip/ })
  await t.rejects(read(good.subarray(0, 30)), { code: 'ARCHIVE_INVALID' })
  await t.rejects(read(gzipSync((await tar([file])).subarray(0, 600))), { code: 'ARCHIVE_INVALID', message: /no tar/ })
  await t.rejects(read(gzipSync('x'.repeat(2000))), { code: 'ARCHIVE_INVALID', message: /no tar/ })
  await t.rejects(read(gzipSync('')), { code: 'ARCHIVE_INVALID', message: /holds no file/ })
  await t.rejects(readArchive(inPieces(Buffer.alloc(200_000)), limits), { message: /is larger than 100000 bytes/ })
  t.same([...(await read(good)).keys()], ['a.cue'])
})

t.test('bytes of any kind end in files or a fault', async (t) => {
  const whole = await tar([
    [{ name: 'a.cue' }, 'a: 1'],
    [{ name: 'b.cue' }, 'b: 1'],
  ])
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 600 }), async (at, noise) => {
      const bytes = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at + noise.length)])
      await read(gzipSync(bytes)).catch((error: unknown) => t.match(error, { code: 'ARCHIVE_INVALID' }))
    }),
    { numRuns: 100 },
  )
})
