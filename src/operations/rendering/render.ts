import { findingsOf } from '../../check/findings.ts'
import { labelOrder, type LabelOrder } from '../../document/label-order.ts'
import { readDocuments } from '../../document/read.ts'
import type { Desired } from '../../engine/protocol.ts'
import type { Document } from '../../model/document.ts'
import { listsOf } from '../../model/lists-of.ts'
import type { Path } from '../../model/path.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { Rendered, RenderTarget } from '../../model/rendered.ts'
import { sortedNotes } from '../../model/sorted-notes.ts'
import type { Rendering } from '../../rendering/rendering.ts'
import type { DesiredPart } from '../../rendering/targets.ts'
import type { Source } from '../../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from '../dependencies.ts'
import { oneEnvironment } from '../environments.ts'
import { quotedLines } from '../quoted-lines.ts'
import { maskedNotes, sensitiveMask } from '../sensitive-mask.ts'
import { subjectOf } from '../subject.ts'
import { definitionsBeside } from './definitions.ts'
import { impossibleValues, openValues, sensitiveValues, withSpeakers, type BareObstacle } from './obstacles.ts'
import { orderNotes } from './order-notes.ts'
import type { Asked } from './speakers.ts'

/** What to render, and for whom. */
export interface RenderInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Needed where the workspace has several. */
  readonly environment?: string
  /** Only this part of the desired state; default the whole. */
  readonly path?: Path
  readonly to: RenderTarget
}

/** A rendered state, and the lines of the files that its findings and obstacles name. */
export interface RenderResult {
  readonly rendered: Rendered
  readonly quoted: () => Promise<QuotedLines>
}

/**
 * Writes the desired state of one environment, defaults chosen, as files that the environment can be made from. Where
 * anything is in the way, all of that is told and nothing is rendered.
 */
export async function render(dependencies: Dependencies, input: RenderInput): Promise<RenderResult> {
  const { source, path = [], to } = input
  const opened = await dependencies.open(source)
  const { read } = opened
  const { workspace } = read
  const environment = oneEnvironment(input.environment, read.environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const fragments = await opened.fragments(environment)
  const limits = limitsOf(input, subjectOf(environment, fragments))
  const mask = await sensitiveMask({ workspace, fragments }, engine, limits)
  const asked: Asked = { engine, fragments, limits, ...(mask && { mask }) }
  const answer = await engine.unify(
    { fragments: fragments.fragments, want: ['json', 'incomplete'], ...(path.length > 0 && { path }) },
    limits,
  )
  const found = findingsOf({ environment, workspace, entry: 'ci', found: answer.findings, fragments })
  const findings = mask?.findings(found) ?? found
  const part = partOf(answer.desired, path)
  const bare: BareObstacle[] = [...openValues(answer.desired ?? {}, mask)]
  if (part !== undefined && mask !== undefined) bare.push(...sensitiveValues(part.data, path, mask))
  let rendering: Rendering | undefined
  if (part !== undefined && bare.length === 0 && findings.every(({ outcome }) => outcome === 'none')) {
    // The tables of Kubernetes' types are large: who writes no manifests does not wait for them.
    const { renderers, treeOf } = await import('../../rendering/targets.ts')
    const definitions = to === 'kubernetes' ? await definitionsBeside(path, asked) : []
    rendering = renderers[to](part, {
      lists: listsOf(workspace.observations, environment),
      definitions,
      order: part.order,
    })
    bare.push(...impossibleValues(rendering.problems, treeOf(part)))
  } else if (part === undefined && bare.length === 0 && findings.length === 0)
    bare.push(...impossibleValues([{ path, problem: 'the fragments say nothing here', remedy: 'name another path' }]))
  const obstacles = await withSpeakers(bare, asked)
  const files = obstacles.length === 0 ? rendering?.files : undefined
  const order = files === undefined || part === undefined || to !== 'kubernetes' ? [] : await orderNotes(part, asked)
  const told = [...read.notes, ...fragments.notes, ...answer.notes, ...(rendering?.notes ?? []), ...order]
  const rendered: Rendered = {
    workspace: workspace.workspace,
    environment,
    to,
    digest: answer.digest,
    findings,
    obstacles,
    notes: sortedNotes(maskedNotes(told, mask)),
    ...(files === undefined ? {} : { files }),
  }
  const pointing = [...findings, ...obstacles.map(({ conjuncts }) => ({ conjuncts, observations: [] }))]
  const maskedIn = [{ fragments, ...(mask && { mask }) }]
  return { rendered, quoted: () => quotedLines(pointing, (file) => source.read(file), maskedIn) }
}

/** What was unified at a path; undefined where that is no data. */
function partOf(desired: Desired | undefined, path: Path): (DesiredPart & { readonly order: LabelOrder }) | undefined {
  const { json } = desired ?? {}
  const document = json === undefined ? undefined : documentOf(json)
  if (json === undefined || document === undefined) return undefined
  return { path, data: document.data, json, order: labelOrder(document, path) }
}

/** The JSON text that an engine wrote as a document; undefined where it is nested deeper than data may be. */
function documentOf(json: string): Document | undefined {
  return readDocuments('desired', new TextEncoder().encode(json), { format: 'json' }).documents[0]
}
