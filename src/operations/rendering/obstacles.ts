import type { Desired } from '../../engine/protocol.ts'
import type { Mask } from '../../masking/mask.ts'
import { isDataList, isDataObject, type Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { formatPath, type Path } from '../../model/path.ts'
import type { Obstacle } from '../../model/rendered.ts'
import type { StateProblem } from '../../rendering/rendering.ts'
import { speakersAt, type Asked } from './speakers.ts'

/** An obstacle of which nobody has said yet who speaks there. */
export type BareObstacle = Omit<Obstacle, 'conjuncts'>

/** What of a desired state is not concrete. */
export function openValues({ incomplete = [] }: Desired, mask: Mask | undefined): readonly BareObstacle[] {
  return incomplete.map(({ path, at, text }) => {
    // So an engine says that a part of the fragments was masked before it got them.
    if (text === 'masked') return hidden(path, at, 'its value is masked, so that nobody can write it')
    return { path, at, reason: 'open', message: mask?.cue(text, path) ?? text }
  })
}

/** Values of a desired state that a mask hides. */
export function sensitiveValues(data: Data, path: Path, mask: Mask): readonly BareObstacle[] {
  const found: BareObstacle[] = []
  const compare = (said: Data, shown: Data | undefined, at: Path): void => {
    if (isDataObject(said))
      for (const [label, member] of Object.entries(said)) compare(member, memberOf(shown, label), [...at, label])
    else if (isDataList(said))
      for (const [index, element] of said.entries()) compare(element, elementAt(shown, index), [...at, `${index}`])
    else if (shown === undefined || (typeof said === 'string' && shown !== said) || typeof said !== typeof shown)
      found.push(hidden(at, formatPath(at), 'its value is sensitive, so that it is told to nobody'))
  }
  compare(data, mask.value(data, path), path)
  return found
}

function elementAt(data: Data | undefined, index: number): Data | undefined {
  return data !== undefined && isDataList(data) ? data[index] : undefined
}

function hidden(path: Path, at: string, message: string): BareObstacle {
  return { path, at, reason: 'hidden', message }
}

/** What whoever is written for has no way to say. */
export function impossibleValues(problems: readonly StateProblem[], state?: Data): readonly BareObstacle[] {
  return problems.map(({ path, problem, remedy }) => ({
    path,
    at: formatPath(path, state),
    reason: 'impossible',
    message: `${problem}; ${remedy}`,
  }))
}

/** Of more obstacles than this only the path and the words are told. */
const mostAsked = 20

/** Obstacles with who speaks there. */
export async function withSpeakers(obstacles: readonly BareObstacle[], asked: Asked): Promise<readonly Obstacle[]> {
  const told: Obstacle[] = []
  for (const [index, obstacle] of obstacles.entries())
    told.push({ ...obstacle, conjuncts: index < mostAsked ? await speakersAt(asked, obstacle.path) : [] })
  return told
}
