import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { mapAt, memberOf } from '../model/data-map.ts'
import type { Document, Unreadable } from '../model/document.ts'
import { comparePath } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import { outputEntry, placeIn, resourceEntry, treeOf, type Entry } from './entries.ts'
import { resourcesIn, unknownByAddress, type Wrong } from './resources.ts'

/** A state or a plan as a tree, and the way back. */
export interface ProjectedTerraform {
  readonly document: Document
  /** `resources.<type>."<address>"`, `data.<type>."<address>"`, `outputs.<name>`; all three top fields are always there. */
  readonly state: DataObject
  /** Undefined above resources and outputs, which stand together for the tree's sake. */
  readonly pointer: (path: Path) => Path | undefined
  /** Sensitive values, and those that are known only after apply; sorted. */
  readonly masked: readonly Path[]
  /** Each resource, data source and output; sorted. */
  readonly objectPaths: readonly Path[]
  readonly unreadable: readonly Unreadable[]
}

/** Makes the tree of what `terraform show -json` writes of a state or a plan; of a plan it is what there will be. */
export function projectTerraform(document: Document): ProjectedTerraform {
  const unreadable: Unreadable[] = []
  const entries = entriesOf(document.data, ({ pointer, message }) => {
    unreadable.push({ file: document.file, position: document.locate(pointer), message })
  })
  const tree = treeOf(entries, ['resources', 'data', 'outputs'])
  return {
    document,
    state: isDataObject(tree.data) ? tree.data : {},
    pointer: (path) => placeIn(tree, path),
    masked: entries.flatMap(({ masked }) => masked).sort(comparePath),
    objectPaths: entries.map(({ path }) => path).sort(comparePath),
    unreadable,
  }
}

function entriesOf(data: Data, wrong: (one: Wrong) => void): readonly Entry[] {
  if (!isDataObject(data) || typeof data['format_version'] !== 'string') {
    wrong({ pointer: [], message: `${whatInstead(data)}: \`terraform show -json\` of a state or a plan was expected` })
    return []
  }
  const label = 'planned_values' in data ? 'planned_values' : 'values'
  const values = mapAt(data, label)
  // The state of nothing at all has no values.
  if (values === undefined) return []
  const unknown = unknownByAddress(data)
  const read = resourcesIn(values, [label], wrong)
  const planned = new Set(read.map(({ address }) => address))
  // What a plan has read already stands in the state before it.
  const before = mapAt(mapAt(data, 'prior_state'), 'values')
  const sources =
    before === undefined || label === 'values'
      ? []
      : resourcesIn(before, ['prior_state', 'values'], wrong).filter(
          ({ mode, address }) => mode === 'data' && !planned.has(address),
        )
  const resources = [...read, ...sources]
    // What is left of an object that was replaced is about to go.
    .filter((resource) => memberOf(resource.data, 'deposed_key') === undefined)
    .map((resource) => resourceEntry(resource, unknown.get(resource.address) ?? false))
  return [...resources, ...outputsOf(data, values, label, wrong)]
}

function outputsOf(data: DataObject, values: DataObject, label: string, wrong: (one: Wrong) => void): readonly Entry[] {
  const changes = mapAt(data, 'output_changes')
  return Object.entries(mapAt(values, 'outputs') ?? {}).flatMap(([name, output]) => {
    const pointer = [label, 'outputs', name]
    const unknown = memberOf(mapAt(changes, name), 'after_unknown') ?? false
    if (isDataObject(output)) return [outputEntry(name, output, pointer, unknown)]
    wrong({ pointer, message: 'an output was expected: a map with `value`' })
    return []
  })
}

function whatInstead(data: Data): string {
  if (memberOf(data, 'terraform_version') !== undefined && memberOf(data, 'lineage') !== undefined)
    return 'this is a state as Terraform keeps it'
  return isDataObject(data) ? 'there is no `format_version`' : 'this is no map'
}
