import { toJson } from '../document/to-json.ts'
import type { DataObject } from '../model/data.ts'
import type { Applied } from '../model/applied.ts'
import type { Path } from '../model/path.ts'
import { appliedTo } from './applied/applied-to.ts'
import type { CustomKinds } from './custom-kinds.ts'
import { isBuiltIn, shapeOf } from './known-kinds.ts'
import type { ElementKeys } from './keyed-lists.ts'
import type { Manifest } from './manifest.ts'
import { isSecret, joinStringData, mask, writtenIn } from './mask.ts'
import { normalise, pathOf } from './normalise.ts'
import { writtenPointer, type KeyPositions } from './pointer.ts'
import { strip } from './strip.ts'

/** An object as it stands in the tree. */
export interface FormedObject {
  readonly manifest: Manifest
  readonly data: DataObject
  /** Paths in the object whose values are hidden. */
  readonly masked: readonly Path[]
  /** Lists by key in which a key is repeated or absent. */
  readonly irregular: readonly IrregularList[]
  /** What earlier applies set of it and is still there. */
  applied(): readonly Omit<Applied, 'at'>[]
  /** Its content before values were hidden: equal texts for equal contents. */
  content(): string
  /** The way back from a path in the object to its document. */
  pointer(path: Path): Path
}

export interface IrregularList {
  readonly path: Path
  readonly keys: ElementKeys
}

/** Brings a manifest into the form in which it stands in the tree: stripped, normalised, values of Secrets hidden. */
export function formObject(manifest: Manifest, custom: CustomKinds, lists: 'keyed' | 'plain'): FormedObject {
  const { kind, item } = manifest
  const secret = isSecret(kind.name)
  const shape = shapeOf(kind, custom)
  const irregular: IrregularList[] = []
  const inForm = (data: DataObject, found: IrregularList[]): DataObject =>
    normalise(secret ? joinStringData(strip(data)) : strip(data), shape, {
      keyed: lists === 'keyed',
      builtIn: isBuiltIn(kind),
      onKeyedList: (place, keys) => {
        if (keys.repeated.length > 0 || keys.unkeyed > 0) found.push({ path: pathOf(place), keys })
      },
    })
  const open = inForm(manifest.data, irregular)
  const { object, masked } = secret ? mask(open) : { object: open, masked: [] }
  const positions: KeyPositions | undefined = lists === 'keyed' ? new WeakMap() : undefined
  return {
    manifest,
    data: object,
    masked,
    irregular,
    applied: () =>
      appliedTo({
        written: manifest.data,
        formed: object,
        known: { shape },
        builtIn: isBuiltIn(kind),
        form: (data) => inForm(data, []),
      }),
    content: () => toJson(open, { sorted: true }),
    pointer: (path) => {
      const written = secret && path[0] === 'data' ? [writtenIn(manifest.data, path[1]), ...path.slice(1)] : path
      return [...item.pointer, ...writtenPointer(manifest.data, shape, written, positions)]
    },
  }
}
