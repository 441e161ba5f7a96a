import { exactJson } from '../model/exact-json.ts'
import { formatPath } from '../model/path.ts'
import type { Change } from '../model/review.ts'
import type { SetParameter } from '../workspace/pack-parameters.ts'

/** What two workspace files set otherwise of packs' parameters: the cause of whatever the packs' constraints are then. */
export function parameterChanges(
  before: readonly SetParameter[],
  after: readonly SetParameter[],
  file: string,
): readonly Change[] {
  const [old, now] = [byPath(before), byPath(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((at): readonly Change[] => {
    const [was, is] = [old.get(at), now.get(at)]
    const said = is ?? was
    const [from, to] = [was, is].map((one) => (one === undefined ? undefined : exactJson(one.value)))
    if (said === undefined || from === to) return []
    const { team, definition, path, position } = said
    return [
      {
        at,
        path: [definition, ...path],
        change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed',
        ...(from === undefined ? {} : { before: from }),
        ...(to === undefined ? {} : { after: to }),
        side: is === undefined ? 'base' : 'head',
        conjuncts: [{ team, file, ...position }],
        teams: [team],
      },
    ]
  })
}

function byPath(parameters: readonly SetParameter[]): ReadonlyMap<string, SetParameter> {
  return new Map(parameters.map((one) => [`${one.definition}.${formatPath(one.path)}`, one]))
}
