/** What is known of one field of a type: a list or map of a type, or the type itself. */
export interface Field {
  readonly in?: 'list' | 'map'
  /** The name of a type of the generated table, `Quantity`, or a shape that a custom resource's schema gave. */
  readonly type?: string | Shape
  /** The members that tell a list's elements apart, in this order. */
  readonly keys?: readonly string[]
  /** Those of the keys whose values are numbers. */
  readonly numbers?: readonly string[]
  /** What a key is where an element leaves it out. */
  readonly defaults?: Readonly<Record<string, string>>
}

/** The fields of a type about which there is something to know. */
export interface Shape {
  readonly [field: string]: Field
}

/** What a shape knows of a label; labels are anybody's words, so only a shape's own members count. */
export function fieldOf(shape: Shape | undefined, label: string): Field | undefined {
  return shape !== undefined && Object.hasOwn(shape, label) ? shape[label] : undefined
}
