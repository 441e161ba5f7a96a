import { isAlias, isMap, isScalar } from 'yaml'
import type { ParsedNode, YAMLMap, YAMLSeq } from 'yaml'
import type { Data } from '../model/data.ts'
import { mergedMaps, yamlKey } from './yaml-keys.ts'
import { unknownTag, yamlScalar } from './yaml-scalar.ts'
import type { YamlTree } from './yaml-parse.ts'

/** Aliases may make a document this many values larger than it is written. */
const mostAliased = 100_000

/** Something that the document says beside its data: a repeated key (offsets of both), or a merge key that does not merge. */
export type YamlRemark =
  | { readonly kind: 'duplicate'; readonly key: string; readonly before: number; readonly again: number }
  | { readonly kind: 'plain-merge'; readonly offset: number }

/** The data of a YAML document, or the first thing that data cannot be. */
export type YamlValue =
  | { readonly ok: true; readonly data: Data; readonly remarks: readonly YamlRemark[] }
  | { readonly ok: false; readonly message: string; readonly offset: number }

/** Turns nodes into data: maps without a prototype, exact numbers, aliases shared and counted. */
export function yamlData(tree: Extract<YamlTree, { ok: true }>): YamlValue {
  const work: Work = { merges: tree.merges, anchors: new Map(), remarks: [], aliased: 0 }
  try {
    const { data } = convert(tree.root, work)
    return { ok: true, data, remarks: work.remarks }
  } catch (refusal) {
    if (refusal instanceof Refusal) return { ok: false, message: refusal.message, offset: refusal.offset }
    throw refusal
  }
}

interface Work {
  readonly merges: boolean
  readonly anchors: Map<string, Anchored>
  readonly remarks: YamlRemark[]
  aliased: number
}

interface Anchored {
  readonly node: ParsedNode
  /** Absent while the node itself is being converted. */
  value?: Counted
}

interface Counted {
  readonly data: Data
  /** Values in it, aliases written out. */
  readonly count: number
}

/** Ends the conversion of one document; never leaves this file. */
class Refusal extends Error {
  readonly offset: number
  constructor(message: string, node: ParsedNode | null) {
    super(message)
    this.offset = node?.range[0] ?? 0
  }
}

function convert(node: ParsedNode | null, work: Work): Counted {
  if (node === null) return { data: null, count: 1 }
  if (isAlias(node)) return aliased(node.source, node, work)
  const anchored: Anchored = { node }
  if (node.anchor !== undefined) work.anchors.set(node.anchor, anchored)
  const value = isScalar(node) ? scalar(node, work) : isMap(node) ? map(node, work) : list(node, work)
  anchored.value = value
  return value
}

function aliased(name: string, node: ParsedNode, work: Work): Counted {
  const anchored = work.anchors.get(name)
  if (!anchored) throw new Refusal(`the alias \`*${name}\` names no anchor above it`, node)
  if (!anchored.value) throw new Refusal(`the alias \`*${name}\` stands inside what it names`, node)
  work.aliased += anchored.value.count
  if (work.aliased > mostAliased)
    throw new Refusal(`aliases make the document more than ${mostAliased} values larger than it is written`, node)
  return anchored.value
}

function scalar(node: Extract<ParsedNode, { value: unknown }>, work: Work): Counted {
  const value = yamlScalar(node, work.merges)
  if ('refused' in value) throw new Refusal(value.refused, node)
  return { data: value.data, count: 1 }
}

function list(node: YAMLSeq.Parsed, work: Work): Counted {
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:seq') throw new Refusal(unknownTag(node.tag), node)
  const elements: Data[] = []
  let count = 1
  for (const item of node.items) {
    const element = convert(item, work)
    elements.push(element.data)
    count += element.count
  }
  return { data: elements, count }
}

function map(node: YAMLMap.Parsed, work: Work): Counted {
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:map') throw new Refusal(unknownTag(node.tag), node)
  const members = emptyMap()
  const places = new Map<string, number>()
  const merged: Data[] = []
  let count = 1
  for (const pair of node.items) {
    const key = yamlKey(pair.key, work.merges, (name) => resolve(name, work))
    if (key.kind === 'refused') throw new Refusal(key.message, pair.key)
    const value = key.kind === 'merge' ? merge(pair.value, node, work, merged) : convert(pair.value, work)
    count += value.count
    if (key.kind === 'merge') continue
    const offset = pair.key.range[0]
    const before = places.get(key.label)
    if (before !== undefined) work.remarks.push({ kind: 'duplicate', key: key.label, before, again: offset })
    if (key.label === '<<') work.remarks.push({ kind: 'plain-merge', offset })
    places.set(key.label, offset)
    members[key.label] = value.data
  }
  for (const data of merged) fill(members, data)
  return { data: members, count }
}

/** Converts what a merge key names and adds it to `into`, those that win first. */
function merge(value: ParsedNode | null, around: YAMLMap.Parsed, work: Work, into: Data[]): Counted {
  const maps = mergedMaps(value, (name) => resolve(name, work))
  if (!maps) throw new Refusal('`<<` needs a map, or a list of maps', value ?? around)
  const counted = convert(value, work)
  if (Array.isArray(counted.data)) into.push(...counted.data)
  else into.push(counted.data)
  return counted
}

function fill(members: Record<string, Data>, merged: Data): void {
  if (typeof merged !== 'object' || merged === null) return
  for (const [key, value] of Object.entries(merged)) if (!(key in members)) members[key] = value
}

function resolve(name: string, work: Work): ParsedNode | undefined {
  return work.anchors.get(name)?.node
}

function emptyMap(): Record<string, Data> {
  return Object.create(null)
}
