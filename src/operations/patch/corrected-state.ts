import { readDocuments } from '../../document/read.ts'
import { toJson } from '../../document/to-json.ts'
import type { Engine, EngineOptions } from '../../engine/engine.ts'
import type { Observed, Supply, SupplyRequest } from '../../engine/protocol.ts'
import { Fault } from '../../errors.ts'
import { wholeOf } from '../../evaluation/division/whole.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../../model/data.ts'
import type { Finding } from '../../model/finding.ts'
import { overlaps } from '../../model/path-pattern.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import type { ObservedState } from '../../observation/cut.ts'
import { valueAt, withoutValue, withValue } from '../../patch/edits.ts'

/** Asks what the desired state gives at paths of an observed state. */
type Ask = (observed: Observed, paths: readonly Path[]) => Promise<readonly Supply[]>

/** How an engine says what the desired state gives; a fault if it cannot. */
export function suppliedBy(
  engine: Engine,
): (request: Omit<SupplyRequest, 'op'>, options: EngineOptions) => Promise<readonly Supply[]> {
  const supply = engine.supply?.bind(engine)
  if (supply !== undefined) return async (request, options) => (await supply(request, options)).supplies
  throw new Fault(
    'USAGE',
    `the engine \`${engine.identity.name}\` cannot tell what is to be put where: name another one with \`--engine cue-go\``,
  )
}

/**
 * The state with everything put right about which the desired state is definite: what may not be there is taken away, what is wrong or
 * missing gets its one value. Undefined where nothing can be done. Values at sensitive paths are left, since nobody is to be told of them.
 */
export async function correctedState(
  observed: ObservedState,
  findings: readonly Finding[],
  sensitive: readonly PathPattern[],
  ask: Ask,
): Promise<DataObject | undefined> {
  const { state } = observed
  const violating = findings.filter(({ outcome }) => outcome === 'violates')
  const pathsOf = (kind: Finding['kind'], isThere: boolean): readonly Path[] =>
    violating.flatMap((one) =>
      one.kind === kind && (valueAt(state, one.path) !== undefined) === isThere ? [one.path] : [],
    )
  const gone = pathsOf('unexpected', true)
  const rest = gone.toReversed().reduce<Data>(withoutValue, state)
  const isTold = (path: Path): boolean => !sensitive.some((pattern) => overlaps(pattern, path))
  const wrong = pathsOf('mismatch', true).filter((path) => isTold(path) && valueAt(rest, path) !== undefined)
  const paths = unique([...wrong, ...pathsOf('missing', false).filter(isTold)])
  const supplies = paths.length === 0 ? [] : await ask(asked(observed, rest, wrong), paths)
  const corrected = supplies.reduce<Data>((data, supply) => withSupply(data, supply), rest)
  return isDataObject(corrected) && textOf(corrected) !== textOf(state) ? corrected : undefined
}

/** What is wrong may be anything, so that what is said of it shows; `#observed` is what it was. */
function asked(observed: ObservedState, rest: Data, wrong: readonly Path[]): Observed {
  const state = isDataObject(rest) ? rest : observed.state
  return {
    ...wholeOf({ ...observed, state, masked: [...observed.masked, ...wrong] }),
    context: textOf(observed.state),
  }
}

/** A map is never replaced by another one: it holds what others say. */
function withSupply(data: Data, { path, value, refused }: Supply): Data {
  const there = valueAt(data, path)
  if (refused === true) return there === undefined || isElement(data, path) ? data : withoutValue(data, path)
  const given = value === undefined ? undefined : readDocuments('given', Buffer.from(value), { format: 'json' })
  const [document] = given?.documents ?? []
  if (document === undefined) return data
  if (there !== undefined && isDataObject(there) && isDataObject(document.data)) return data
  return withValue(data, path, document.data)
}

function isElement(data: Data, path: Path): boolean {
  const around = valueAt(data, path.slice(0, -1))
  return around !== undefined && isDataList(around)
}

function unique(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
}

function textOf(data: Data): string {
  return toJson(data, { sorted: true })
}
