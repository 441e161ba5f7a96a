import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { quickYaml } from './yaml-quick.ts'

/** Where a member's key and its value stand. */
interface Place {
  readonly key: number
  readonly value: number
}

/** Finds offsets in a YAML document that the quick reader reads; undefined leaves it to the careful reader. */
export function quickPlaces(
  text: string,
  version: '1.2' | '1.1',
): ((pointer: readonly string[], target: 'value' | 'key') => number) | undefined {
  const members = new Map<object | undefined, Map<string, Place>>()
  let isComplete = true
  const data = quickYaml(text, version, (container, label, key, value) => {
    const known = members.get(container)
    const place = { key, value: value < 0 ? key : value }
    if (known) known.set(label, place)
    else members.set(container, new Map([[label, place]]))
    // An element that is left out stands where only the careful reader knows.
    isComplete &&= key >= 0
  })
  if (data === undefined || !isComplete) return undefined
  const root = members.get(undefined)?.get('') ?? { key: 0, value: 0 }
  return (pointer, target) => {
    let here: Data = data
    let place = root
    for (const label of pointer) {
      const next: Place | undefined =
        typeof here === 'object' && here !== null ? members.get(here)?.get(label) : undefined
      if (!next) return place.value
      place = next
      here = memberOf(here, label)
    }
    return place[target]
  }
}

function memberOf(container: Data, label: string): Data {
  if (isDataList(container)) return container[Number(label)] ?? null
  return isDataObject(container) ? (container[label] ?? null) : null
}
