import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { isNormalLabel } from '../model/normal-label.ts'
import type { NamedDemands } from './question.ts'

/** An entity that is to be judged. */
export interface Entity {
  /** Index of its pattern in the plan. */
  readonly pattern: number
  readonly label: string
  readonly value: Data
  /** What fragments say of it by name. */
  readonly named?: NamedDemands
}

/** Entities as one JSON text, with the index of each in the order in which they were given. */
export interface Chunk {
  readonly indices: readonly number[]
  readonly text: string
}

/** Characters after which a chunk is full. */
const chunkLength = 1_000_000

/** Writes entities as JSON, made only as they are asked for. Those with numbers that JavaScript does not hold exactly, or labels of more than one spelling, are left out. */
export function* chunksOf(entities: Iterable<Entity>): Generator<Chunk, void, undefined> {
  let indices: number[] = []
  let texts: string[] = []
  let length = 0
  let index = 0
  for (const entity of entities) {
    const text = textOf(entity)
    if (text !== undefined) {
      indices.push(index)
      texts.push(text)
      length += text.length
    }
    index += 1
    if (length < chunkLength) continue
    yield { indices, text: `[${texts.join(',')}]` }
    indices = []
    texts = []
    length = 0
  }
  if (indices.length > 0) yield { indices, text: `[${texts.join(',')}]` }
}

/** A character beyond ASCII, or half a one, which is written as an escape. */
const unusual = /[^\0-\x7f]|\\ud[89a-f]/

function hasNormalLabels(value: Data): boolean {
  if (isDataList(value)) return value.every(hasNormalLabels)
  if (!isDataObject(value)) return true
  return Object.entries(value).every(([label, member]) => isNormalLabel(label) && hasNormalLabels(member))
}

function textOf({ pattern, label, value, named }: Entity): string | undefined {
  try {
    const text = JSON.stringify(named === undefined ? [pattern, label, value] : [pattern, label, value, named])
    return !unusual.test(text) || (isNormalLabel(label) && hasNormalLabels(value)) ? text : undefined
  } catch (error) {
    // A bigint, or a Decimal.
    if (error instanceof TypeError) return undefined
    throw error
  }
}
