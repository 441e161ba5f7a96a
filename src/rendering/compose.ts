import { composeDocument } from '../compose/compose-document.ts'
import { projectCompose } from '../compose/project.ts'
import { toJson } from '../document/to-json.ts'
import { yamlOfJson } from '../document/yaml-text.ts'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { formatPath, type Path } from '../model/path.ts'
import { differences, inWords } from './differences.ts'
import type { Rendering, StateProblem } from './rendering.ts'

/** What a Compose document may say at its top. */
const tops = ['name', 'services', 'networks', 'volumes', 'configs', 'secrets', 'models']

/** Renders a tree of a Compose document: one file, as `docker compose` reads it. */
export function renderCompose(state: Data): Rendering {
  const tree = isDataObject(state) ? part(state, (label) => tops.includes(label)) : dataMap([])
  if (Object.keys(tree).length === 0) return { files: [], problems: [nothingThere], notes: [] }
  const { data, lost } = composeDocument(tree)
  const wrong = unreadIn(data)
  const problems = [
    ...lost.map(({ path, becomes }) => ({
      path,
      problem: `no element of this list has such a key: its own members say \`${becomes}\``,
      remedy: 'let the label and the members say the same',
    })),
    ...wrong.problems,
  ]
  const beside = Object.keys(isDataObject(state) ? state : {}).filter((label) => !tops.includes(label))
  const left = beside.map((label) => ({
    code: 'not-rendered',
    message: `\`${formatPath([label])}\` stands where a Compose document has nothing, and is left out`,
  }))
  const otherwise = differences(tree, wrong.state, []).map(({ path, read }) => ({
    code: 'reads-otherwise',
    message: `\`${formatPath(path, tree)}\` is read again as ${read === undefined ? 'nothing' : inWords(read)}, so that a check will report it`,
  }))
  return {
    files: [{ name: 'compose.yaml', text: yamlOfJson(toJson(data)) }],
    problems,
    notes: [...left, ...otherwise, ...wrong.notes],
  }
}

const nothingThere = {
  path: [],
  problem: 'there is nothing of a Compose document in the desired state',
  remedy: 'state some at `services.<name>`',
}

/** What our own reader makes of a document: its tree again, and what has a wrong form, by its place in the document. */
function unreadIn(data: DataObject): Pick<Rendering, 'problems' | 'notes'> & { readonly state: DataObject } {
  const places: Path[] = []
  const locate = (path: Path): { line: number; column: number } => ({ line: places.push(path), column: 1 })
  const { state, unreadable, notes } = projectCompose({ file: 'compose.yaml', index: 0, data, locate })
  const problems: readonly StateProblem[] = unreadable.map(({ position, message }) => ({
    path: places[(position?.line ?? 1) - 1] ?? [],
    problem: message,
    remedy: 'write it in the long form of the tree',
  }))
  return { state, problems, notes: notes.map(({ code, message }) => ({ code, message })) }
}

function part(map: DataObject, isWanted: (label: string) => boolean): DataObject {
  return dataMap(Object.entries(map).filter(([label]) => isWanted(label)))
}
