import { setImmediate } from 'node:timers/promises'
import { gitOutput } from '../../git/git.ts'
import type { Repository } from '../../git/repository.ts'
import { Fault } from '../../errors.ts'
import type { Blob } from './tree.ts'

/** Reads contents, each once; what is asked for at about the same time is one run of git. */
export function blobReader(): (blob: Blob) => Promise<Uint8Array> {
  const known = new Map<string, Promise<Uint8Array>>()
  const waiting = new Map<Repository, Promise<ReadonlyMap<string, Uint8Array>>>()
  const wanted = new Map<Repository, Map<string, Blob>>()
  const soon = async (repository: Repository): Promise<ReadonlyMap<string, Uint8Array>> => {
    await setImmediate()
    const blobs = [...(wanted.get(repository)?.values() ?? [])]
    wanted.delete(repository)
    waiting.delete(repository)
    return readBlobs(repository, blobs)
  }
  return (blob) => {
    const { repository, id } = blob
    const key = `${repository.folder} ${id}`
    const reading = known.get(key)
    if (reading !== undefined) return reading
    wanted.set(repository, (wanted.get(repository) ?? new Map<string, Blob>()).set(id, blob))
    const batch = waiting.get(repository) ?? soon(repository)
    waiting.set(repository, batch)
    const read = batch.then((contents) => {
      const bytes = contents.get(id)
      if (bytes !== undefined) return bytes
      throw new Fault('GIT_FAILED', `the repository around \`${repository.folder}\` lacks the content \`${id}\``)
    })
    known.set(key, read)
    return read
  }
}

const newline = 0x0a

/** What `git cat-file --batch` answers: `<id> blob <bytes>`, a line end, the content, a line end; each in the order asked. */
async function readBlobs(
  { git, folder }: Repository,
  blobs: readonly Blob[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const most = blobs.reduce((sum, { bytes }) => sum + bytes + 200, 0)
  const input = Buffer.from(blobs.map(({ id }) => `${id}\n`).join(''))
  const answer = await gitOutput(git, folder, ['cat-file', '--batch'], { input, mostBytes: most })
  const contents = new Map<string, Uint8Array>()
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(newline, at)
    const [id = '', kind, bytes] = answer.toString('latin1', at, end).split(' ')
    const start = end + 1
    // `<id> missing`
    if (kind !== 'blob') {
      at = start
      continue
    }
    contents.set(id, answer.subarray(start, start + Number(bytes)))
    at = start + Number(bytes) + 1
  }
  return contents
}
