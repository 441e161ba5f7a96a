/** A kind as the tree names it, and the version that an object is written in. */
export interface GroupKind {
  /** `Deployment.apps`; kinds of the core group are bare: `Pod`. */
  readonly name: string
  /** `v1` */
  readonly version: string
}

/** Reads `apiVersion` and `kind`: the group becomes part of the name, the version does not. */
export function groupKind(apiVersion: string, kind: string): GroupKind {
  const slash = apiVersion.lastIndexOf('/')
  if (slash < 0) return { name: kind, version: apiVersion }
  return { name: `${kind}.${apiVersion.slice(0, slash)}`, version: apiVersion.slice(slash + 1) }
}
