import { Decimal, isDataList, type Data } from '../model/data.ts'

/** JSON text with exact numbers, integral ones as ints. With `sorted`, keys stand in the order of their UTF-16 units: equal data, equal text. */
export function toJson(data: Data, options: { readonly sorted?: boolean } = {}): string {
  if (options.sorted) return write(data, (keys) => keys.sort())
  try {
    return JSON.stringify(data)
  } catch (error) {
    if (error instanceof TypeError) return write(data, (keys) => keys)
    throw error
  }
}

/** Recursion is as deep as the data, which readers limit. */
function write(data: Data, order: (keys: string[]) => string[]): string {
  if (typeof data === 'bigint') return String(data)
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  if (data instanceof Decimal) return data.text
  if (isDataList(data)) return `[${data.map((element) => write(element, order)).join(',')}]`
  const members: string[] = []
  for (const key of order(Object.keys(data))) members.push(`${JSON.stringify(key)}:${write(data[key] ?? null, order)}`)
  return `{${members.join(',')}}`
}
