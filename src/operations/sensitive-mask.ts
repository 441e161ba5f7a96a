import { Fault } from '../errors.ts'
import { readDocuments } from '../document/read.ts'
import { toJson } from '../document/to-json.ts'
import type { Desired } from '../engine/protocol.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { createMask, type Mask } from '../masking/mask.ts'
import { cueValues } from '../masking/cue-values.ts'
import { isDataObject, type Data } from '../model/data.ts'
import { maskSensitive } from '../model/masked.ts'
import type { Path, PathPattern } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Workspace } from '../model/workspace.ts'
import type { Cut } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { sensitiveOf } from '../workspace/sensitive.ts'

/** What of one environment may hold sensitive values. */
interface Sensitive {
  readonly workspace: Pick<Workspace, 'sensitive'>
  readonly fragments: FragmentSet
  readonly cut?: Pick<Cut, 'secrets'>
}

/**
 * The mask for what is sensitive in one environment: values that observers reported and that fragments state, as they are written and as they
 * come out when they are unified. Undefined where nothing is said to be sensitive.
 */
export async function sensitiveMask(
  { workspace, fragments, cut }: Sensitive,
  engine: Engine,
  limits: EngineOptions,
): Promise<Mask | undefined> {
  const patterns = sensitiveOf(workspace)
  if (patterns.length === 0) return undefined
  const { files, parts } = fragments.fragments
  const stated = parts.flatMap((part) => (part.kind === 'data' ? secretsIn(part.json, patterns) : []))
  const labels = labelsOf(patterns)
  const written = cueValues(
    files.map(({ text }) => text),
    labels,
  )
  const hasPackages = parts.some(({ kind }) => kind === 'package')
  const { desired } = hasPackages
    ? await engine.unify({ fragments: fragments.fragments, want: ['cue', 'json'] }, limits)
    : { desired: undefined }
  return createMask(patterns, [
    ...(cut?.secrets ?? []),
    ...stated,
    ...written,
    ...secretsIn(desired?.json, patterns),
    ...cueValues([desired?.cue ?? ''], labels),
  ])
}

/** Values at sensitive paths that the fragments themselves say: what they unify to there, or if that is no data, every literal that stands there. */
export async function statedSecrets(
  { workspace, fragments }: Pick<Sensitive, 'workspace' | 'fragments'>,
  engine: Engine,
  limits: EngineOptions,
): Promise<readonly Data[]> {
  const patterns = sensitiveOf(workspace)
  if (patterns.length === 0) return []
  const { desired } = await engine.unify({ fragments: fragments.fragments, want: ['json'] }, limits)
  if (desired?.json !== undefined) return secretsIn(desired.json, patterns)
  const { files, parts } = fragments.fragments
  return [
    ...parts.flatMap((part) => (part.kind === 'data' ? secretsIn(part.json, patterns) : [])),
    ...cueValues(
      files.map(({ text }) => text),
      labelsOf(patterns),
    ),
  ]
}

/** Whether anything is sensitive, so that what an engine answers must stay in this process. */
export function isSensitive(workspace: Pick<Workspace, 'sensitive'>): boolean {
  return sensitiveOf(workspace).length > 0
}

/** A cut whose state tells nothing sensitive: for names that are made of it. */
export function withoutSecrets<C extends Pick<Cut, 'observed'>>(cut: C, workspace: Pick<Workspace, 'sensitive'>): C {
  const { data } = maskSensitive(cut.observed.state, sensitiveOf(workspace))
  return isDataObject(data) ? { ...cut, observed: { ...cut.observed, state: data } } : cut
}

/** Does work whose faults may hold an engine's last words, and tells these as the mask leaves them. */
export async function withoutSecretsInFaults<T>(mask: Mask | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (mask === undefined || !(error instanceof Fault)) throw error
    throw new Fault(error.code, mask.text(error.message))
  }
}

/** Notes as the mask, if there is one, leaves them. */
export function maskedNotes(notes: readonly Note[], mask: Mask | undefined): readonly Note[] {
  return mask?.notes(notes) ?? notes
}

/** A desired state below a path, as the mask leaves it; data that is too deep to be read is left out. */
export function maskedDesired({ cue, json, incomplete = [] }: Desired, path: Path, mask: Mask): Desired {
  const [data] = dataOf(json)
  return {
    ...(cue === undefined ? {} : { cue: mask.cue(cue, path) }),
    ...(data === undefined ? {} : { json: toJson(mask.value(data, path)) }),
    incomplete: incomplete.map((one) => ({ ...one, text: mask.cue(one.text, one.path) })),
  }
}

function secretsIn(json: string | undefined, patterns: readonly PathPattern[]): readonly Data[] {
  return dataOf(json).flatMap((data) => maskSensitive(data, patterns).secrets)
}

/** The data of a JSON text with exact numbers. */
function dataOf(json: string | undefined): readonly Data[] {
  if (json === undefined) return []
  return readDocuments('fragments', new TextEncoder().encode(json), { format: 'json' }).documents.map(
    ({ data }) => data,
  )
}

/** The last label of each pattern that is no wildcard; of a pattern of wildcards alone every one. */
function labelsOf(patterns: readonly PathPattern[]): ReadonlySet<string> | 'everywhere' {
  const last = patterns.map((pattern) => pattern.findLast((label) => label !== null))
  return last.every((label) => typeof label === 'string') ? new Set(last) : 'everywhere'
}
