import { indentedJson } from '../document/indented-json.ts'
import { yamlOfJson } from '../document/yaml-text.ts'
import type { Data } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import type { RenderTarget } from '../model/rendered.ts'
import { renderCompose } from './compose.ts'
import { renderKubernetes, type TreeContext } from './kubernetes.ts'
import type { Rendering } from './rendering.ts'

/** A desired state, or the part of it at a path: as data, and as JSON text in the order of the fragments. */
export interface DesiredPart {
  readonly path: Path
  readonly data: Data
  readonly json: string
}

/** How a part of a state is written for each target; data for JSON and YAML is written as it is, the others read it as a part of their tree. */
export const renderers = {
  kubernetes: (part, context) => renderKubernetes(treeOf(part), context),
  compose: (part) => renderCompose(treeOf(part)),
  json: ({ json }) => oneFile('desired.json', indentedJson(json)),
  yaml: ({ json }) => oneFile('desired.yaml', yamlOfJson(json)),
} as const satisfies Record<RenderTarget, (part: DesiredPart, context: TreeContext) => Rendering>

/** A part at its place. */
export function treeOf({ path, data }: DesiredPart): Data {
  return path.toReversed().reduce<Data>((below, label) => dataMap([[label, below]]), data)
}

function oneFile(name: string, text: string): Rendering {
  return { files: [{ name, text }], problems: [], notes: [] }
}
