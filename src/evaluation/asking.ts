import type { Engine, EngineAnswer, EngineOptions } from '../engine/engine.ts'
import type { EngineFinding, Fragments, PlanAnswer, Restriction } from '../engine/protocol.ts'
import type { Division, Entity } from './division/collections.ts'
import { ledFinding } from './results/move.ts'
import type { EvaluationRequest } from './request.ts'
import { restrict } from './division/restrict.ts'

/** A request, and how it is divided. */
export interface Divided {
  readonly request: EvaluationRequest
  readonly plan: EngineAnswer<PlanAnswer>
  readonly division: Division
  /** Whether anything speaks of `#observed`. */
  readonly readsObserved: boolean
  /** Leaves out of fragments what an engine would leave out, too. */
  readonly thin: (fragments: Fragments, restriction: Restriction) => Fragments
}

/** What an engine found of some entities and of the rest; paths are those of the whole. */
export interface Found {
  readonly entities: ReadonlyMap<Entity, readonly EngineFinding[]>
  readonly rest: readonly EngineFinding[]
  readonly lacks: readonly string[]
}

/** Thrown where an answer is not as a plan promises: then only the plain check counts. */
export class Indivisible extends Error {}

/** Asks an engine about some entities and the rest. Throws Indivisible. */
export async function askAbout(
  engine: Engine,
  { request, plan, division, readsObserved, thin }: Divided,
  entities: readonly Entity[],
  limits: EngineOptions,
): Promise<Found> {
  const { fragments, drift } = request
  const { observed, restriction, original, ownerOf } = restrict(
    plan,
    division,
    request.observed,
    entities,
    readsObserved,
  )
  const answer = await engine.check(
    {
      fragments: thin(fragments, restriction),
      drift,
      restriction,
      observed,
    },
    limits,
  )
  const found = new Map<Entity, EngineFinding[]>(entities.map((entity) => [entity, []]))
  const rest: EngineFinding[] = []
  for (const one of answer.findings) {
    const finding = ledFinding(one, original)
    if (finding === undefined) throw new Indivisible(`the path \`${one.at}\` is written in an unknown way`)
    if (finding.kind === 'unreadable') throw new Indivisible('something cannot be read')
    const owner = ownerOf(finding.path)
    if (owner === 'another') throw new Indivisible(`\`${finding.at}\` was not asked about`)
    if (owner === 'rest') rest.push(finding)
    else found.get(owner)?.push(finding)
  }
  return { entities: found, rest, lacks: answer.lacks }
}
