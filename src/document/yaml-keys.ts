import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Pair, ParsedNode, YAMLMap } from 'yaml'
import { toJson } from './to-json.ts'
import { yamlScalar } from './yaml-scalar.ts'

/** A pair of a map as the parser makes it. */
export type YamlPair = Pair<ParsedNode, ParsedNode | null>

/** What a key of a map says: a label, a merge of other maps, or nothing that a label can be. */
export type YamlKey =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'merge' }
  | { readonly kind: 'refused'; readonly message: string }

/** Reads a key: a string as it is, a number or truth value as JSON writes it. */
export function yamlKey(
  key: ParsedNode | null,
  merges: boolean,
  resolve: (alias: string) => ParsedNode | undefined,
): YamlKey {
  const node = isAlias(key) ? resolve(key.source) : key
  if (isMap(node) || isSeq(node))
    return { kind: 'refused', message: 'a map or list cannot be a key; a string is required' }
  if (!isScalar(node)) return { kind: 'refused', message: 'a key is missing; a string is required' }
  if (isMergeKey(node, merges)) return { kind: 'merge' }
  const value = yamlScalar(node, merges)
  if ('refused' in value) return { kind: 'refused', message: value.refused }
  if (value.data === null) return { kind: 'refused', message: 'a key is null; a string is required' }
  return { kind: 'label', label: typeof value.data === 'string' ? value.data : toJson(value.data) }
}

function isMergeKey(node: ParsedNode, merges: boolean): boolean {
  return merges && isScalar(node) && node.source === '<<' && node.type === 'PLAIN'
}

/** The maps that a merge key brings in, those that win first; undefined if its value is something else. */
export function mergedMaps(
  value: ParsedNode | null,
  resolve: (alias: string) => ParsedNode | undefined,
): YAMLMap.Parsed[] | undefined {
  const node = isAlias(value) ? resolve(value.source) : value
  if (isMap(node)) return [node]
  if (!isSeq(node)) return undefined
  const maps: YAMLMap.Parsed[] = []
  for (const item of node.items) {
    const element = isAlias(item) ? resolve(item.source) : item
    if (!isMap(element)) return undefined
    maps.push(element)
  }
  return maps
}
