import { shapeIn } from './known-kinds.ts'
import { fieldOf, type Field, type Shape } from './shape.ts'

/** What is known of a value on the way through an object in form: its own shape, or the field whose list or map it is. */
export interface Known {
  readonly shape?: Shape | undefined
  readonly container?: Field | undefined
  /** Set for an element: the list by key that it stands in. */
  readonly elementOf?: Field
}

/** What is known of a member; lists by key are maps here. */
export function knownBelow({ shape, container }: Known, label: string): Known {
  if (container !== undefined)
    return { shape: shapeIn(container), ...(container.in === 'list' ? { elementOf: container } : {}) }
  const field = fieldOf(shape, label)
  return field?.in === undefined ? { shape: shapeIn(field) } : { container: field }
}
