import type { Data } from '../../model/data.ts'

/** Whether a value may hold so many entities: as many members and elements at any depth. Looks no further than it must. */
export function holdsAtLeast(value: Data, count: number): boolean {
  let left = count
  const open: Data[] = [value]
  for (let next = open.pop(); next !== undefined && left > 0; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const members = Object.values(next)
    left -= members.length
    if (left > 0) for (const member of members) open.push(member)
  }
  return left <= 0
}
