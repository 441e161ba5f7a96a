import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import { dataMap, mapAt, memberOf } from '../model/data-map.ts'
import { maskedValue } from '../model/masked.ts'

/** Whether objects of a kind hold values that must not be seen. */
export function isSecret(kindName: string): boolean {
  return kindName === 'Secret'
}

/** A Secret with `stringData` moved to `data`, where an API server keeps it; the former wins, as there. */
export function joinStringData(secret: DataObject): DataObject {
  const plain = memberOf(secret, 'stringData') ?? null
  if (plain === null) return secret
  const encoded = memberOf(secret, 'data') ?? null
  const data =
    isDataObject(plain) && (encoded === null || isDataObject(encoded))
      ? dataMap([...members(encoded), ...members(plain)])
      : maskedValue
  return dataMap([...members(secret).filter(([label]) => label !== 'stringData' && label !== 'data'), ['data', data]])
}

/** Where a label of a Secret's `data` stands in the object as it was written. */
export function writtenIn(secret: DataObject, label: string | undefined): 'data' | 'stringData' {
  const plain = memberOf(secret, 'stringData') ?? null
  if (plain === null) return 'data'
  if (label === undefined) return memberOf(secret, 'data') === undefined ? 'stringData' : 'data'
  return memberOf(plain, label) === undefined ? 'data' : 'stringData'
}

/** A Secret without its values, and where they were; the keys stay. Data that is no map is hidden whole. */
export function mask(secret: DataObject): { readonly object: DataObject; readonly masked: readonly Path[] } {
  const data = memberOf(secret, 'data')
  if (data === undefined) return { object: secret, masked: [] }
  const map = mapAt(secret, 'data')
  const labels = Object.keys(map ?? {})
  const hidden = map === undefined ? maskedValue : dataMap(labels.map((label) => [label, maskedValue]))
  return {
    object: dataMap([...members(secret), ['data', hidden]]),
    masked: map === undefined ? [['data']] : labels.map((label) => ['data', label]),
  }
}

function members(data: Data): readonly (readonly [string, Data])[] {
  return isDataObject(data) ? Object.entries(data) : []
}
