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

/** Reads the kinds of many objects: equal ones are one, so that looking them up costs little. */
export function kindReader(): typeof groupKind {
  const known = new Map<string, Map<string, GroupKind>>()
  return (apiVersion, kind) => {
    const ofVersion = known.get(apiVersion) ?? new Map<string, GroupKind>()
    const read = ofVersion.get(kind) ?? groupKind(apiVersion, kind)
    known.set(apiVersion, ofVersion.set(kind, read))
    return read
  }
}
