import type { Client } from '../../client/client.ts'
import { Fault } from '../../errors.ts'
import { isDataList } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'

/** Says of each pack, by name and version here, where the server has another version: there its own is what counts. A server that tells no packs tells no difference. */
export async function packDifferences(client: Client, packs: ReadonlyMap<string, string>): Promise<readonly string[]> {
  if (packs.size === 0) return []
  const there = await versionsAt(client)
  return [...packs].flatMap(([name, here]) => {
    const other = there.get(name)
    if (other === undefined || other === here) return []
    return [`pack \`${name}\`: version ${here} here, ${other} on the server, which checks by its own`]
  })
}

async function versionsAt(client: Client): Promise<ReadonlyMap<string, string>> {
  try {
    const { data } = await client.send({ method: 'GET', path: ['v1', 'packs'] })
    const items = memberOf(data, 'items')
    const listed = items !== undefined && isDataList(items) ? items : []
    return new Map(
      listed.flatMap((pack) => {
        const [name, version] = [memberOf(pack, 'pack'), memberOf(pack, 'version')]
        return typeof name === 'string' && typeof version === 'string' ? [[name, version] as const] : []
      }),
    )
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_FOUND') return new Map()
    throw error
  }
}
