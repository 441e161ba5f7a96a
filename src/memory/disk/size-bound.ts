import { appendFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile, unfinished } from './files.ts'
import type { Place } from './place.ts'

// How much is stored is known without looking at every file: a tally grows by a byte for each 4 KiB that are written, which is one append
// that two processes can do at once, and its length is the sum. It errs upwards, since what is overwritten counts twice. When it says that
// there is too much, the files are looked at, the longest unused are removed, and it starts anew with what is left.

/** The name of the tally. */
export const tallyFile = 'size'
const block = 4096
/** What is left by a sweep, so that the next is not soon. */
const keptShare = 0.75
/** A file that is still being written after an hour never will be. */
const abandonedAfterMs = 3_600_000

/** A file of packs as a sweep sees it. */
interface Found {
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly usedAt: number
}

/** Counts bytes that are about to be written, and makes room if there are more than `maxBytes`. */
export function makeRoom(place: Place, bytes: number, maxBytes: number, now: number): void {
  const tally = join(place.folder, tallyFile)
  const known = statSync(tally, { throwIfNoEntry: false }) !== undefined
  appendFileSync(tally, Buffer.alloc(blocksOf(bytes)), { mode: 0o600 })
  if (!known || statSync(tally).size * block > maxBytes) sweep(place, bytes, maxBytes, now)
}

/** Removes what was not used for longest until there is room for `coming` bytes, and tallies what is left. */
function sweep({ folder, packs }: Place, coming: number, maxBytes: number, now: number): void {
  const files = filesIn(packs)
  let total = files.reduce((sum, { bytes }) => sum + blocksOf(bytes) * block, blocksOf(coming) * block)
  const isAbandoned = ({ name, usedAt }: Found): boolean =>
    name.startsWith(unfinished) && now - usedAt > abandonedAfterMs
  const order = files.toSorted((a, b) => Number(isAbandoned(b)) - Number(isAbandoned(a)) || a.usedAt - b.usedAt)
  const most = total > maxBytes ? maxBytes * keptShare : maxBytes
  for (const file of order) {
    if (total <= most && !isAbandoned(file)) break
    rmSync(file.path, { force: true })
    total -= blocksOf(file.bytes) * block
  }
  replaceFile(join(folder, tallyFile), Buffer.alloc(blocksOf(total)))
}

/** Every file of a folder with its size and when it was last used; files that go away meanwhile are left out. */
export function filesIn(folder: string): readonly Found[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    return found?.isFile() === true ? [{ name, path, bytes: found.size, usedAt: found.mtimeMs }] : []
  })
}

function blocksOf(bytes: number): number {
  return Math.ceil(bytes / block)
}
