import { isAlias, isMap, isSeq, visit } from 'yaml'
import type { ParsedNode, YAMLMap } from 'yaml'
import { mergedMaps, yamlKey } from './yaml-keys.ts'
import type { YamlPair } from './yaml-keys.ts'
import type { YamlTree } from './yaml-parse.ts'

/** Finds offsets in the nodes of a YAML document; what an alias or a merge brought in stands where it is written. */
export function yamlPlaces(
  tree: Extract<YamlTree, { ok: true }>,
): (pointer: readonly string[], target: 'value' | 'key') => number {
  const { root, merges } = tree
  if (root === null) return () => 0
  const anchors = anchorsOf(root)
  const resolve = (name: string): ParsedNode | undefined => anchors.get(name)
  const indexes = new Map<YAMLMap.Parsed, ReadonlyMap<string, YamlPair>>()
  const indexOf = (map: YAMLMap.Parsed): ReadonlyMap<string, YamlPair> => {
    const known = indexes.get(map)
    if (known) return known
    const index = new Map<string, YamlPair>()
    indexes.set(map, index)
    const merged: YAMLMap.Parsed[] = []
    for (const pair of map.items) {
      const key = yamlKey(pair.key, merges, resolve)
      if (key.kind === 'label') index.set(key.label, pair)
      else if (key.kind === 'merge') merged.push(...(mergedMaps(pair.value, resolve) ?? []))
    }
    for (const other of merged)
      for (const [label, pair] of indexOf(other)) if (!index.has(label)) index.set(label, pair)
    return index
  }
  return (pointer, target) => {
    let node: ParsedNode | null = root
    let offset = root.range[0]
    let keyOffset = offset
    for (const label of pointer) {
      const container: ParsedNode | null | undefined = isAlias(node) ? resolve(node.source) : node
      const pair: YamlPair | undefined = isMap(container) ? indexOf(container).get(label) : undefined
      const next: ParsedNode | null | undefined = pair
        ? pair.value
        : isSeq(container)
          ? container.items[Number(label)]
          : undefined
      if (next === undefined) return offset
      keyOffset = pair ? pair.key.range[0] : (next?.range[0] ?? offset)
      offset = isWritten(next) ? next.range[0] : keyOffset
      node = next
    }
    return target === 'key' ? keyOffset : offset
  }
}

/** A value that is left out (`a:`) stands where its key stands. */
function isWritten(node: ParsedNode | null): node is ParsedNode {
  return node !== null && !(node.range[0] === node.range[1] && !isAlias(node))
}

/** The last anchor of a name counts, as a document that redefines one is rare and lines are only for people. */
function anchorsOf(root: ParsedNode): ReadonlyMap<string, ParsedNode> {
  const anchors = new Map<string, ParsedNode>()
  visit(root, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node as ParsedNode)
    },
  })
  return anchors
}
