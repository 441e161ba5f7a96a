import type { PackDocument } from '../../model/pack.ts'
import { packNames, readPack } from '../../packs/read-pack.ts'
import { packWorkspace } from './pack-workspace.ts'

/** What every pack that comes with Congruent says of itself, by name. */
export async function listPacks(): Promise<readonly PackDocument[]> {
  const source = packWorkspace([])
  const read = await Promise.all((await packNames(source)).map((name) => readPack(name, source)))
  return read.flatMap((pack) => pack ?? [])
}
