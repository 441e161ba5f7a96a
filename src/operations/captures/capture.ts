import { Fault, isFaultCode } from '../../errors.ts'
import type { Capture, CapturedDocuments, CapturedFiles, CapturedState } from '../../model/capture.ts'
import type { Report } from '../../model/report.ts'
import { textMask } from '../../masking/text-mask.ts'
import type { Cut } from '../../observation/cut.ts'
import { sensitiveOf } from '../../workspace/sensitive.ts'
import { check, type CheckInput } from '../check.ts'
import { limitsOf, type Dependencies } from '../dependencies.ts'
import { chosenEnvironments } from '../environments.ts'
import { observedIn } from '../inputs.ts'
import { isSensitive, statedSecrets } from '../sensitive-mask.ts'
import { subjectOf } from '../subject.ts'
import { capturedState } from './captured-state.ts'
import { bytesOf, contentOf, keepSource } from './kept-source.ts'

/** A capture, its report, and whether something that was observed is masked in it. */
export interface CaptureResult {
  readonly capture: Capture
  readonly report: Report
  readonly masked: boolean
}

/**
 * Checks, and packs all that was read with what it came to. Where something observed is masked or sensitive, its documents stay out, and what they
 * come to is kept without such values. Rejects with the fault of an environment, and with USAGE where the fragments say what nobody is to be told.
 */
export async function capture(dependencies: Dependencies, input: CheckInput): Promise<CaptureResult> {
  const { failOn = 'error', now = dependencies.clock(), files, override, stdin, team, partial } = input
  const [workspace, observations] = [keepSource(input.source), keepSource(input.source)]
  let standard: ReturnType<NonNullable<typeof stdin>> | undefined
  const inputs: CheckInput = {
    ...input,
    now,
    source: workspace.source,
    observations: observations.source,
    ...(stdin === undefined ? {} : { stdin: () => (standard ??= stdin()) }),
  }
  const { report } = await check(dependencies, inputs)
  const [fault] = report.faults ?? []
  if (fault !== undefined) throw new Fault(isFaultCode(fault.code) ? fault.code : 'INTERNAL', fault.message)
  const opened = await dependencies.open(workspace.source)
  const { read } = opened
  const environments = chosenEnvironments(input.environments, read.environments)
  const cuts = new Map<string, Cut>()
  const shared = { now, cache: new Map() }
  for (const name of environments) {
    const { definitions = [] } = await opened.fragments(name)
    cuts.set(name, await observedIn(name, read, inputs, { ...shared, definitions }))
  }
  const given = await Promise.all(
    (files ?? []).map(async (file) => {
      const found = await file.read()
      if (!found.ok) throw new Fault('INPUT_NOT_FOUND', found.message)
      return { name: file.name, content: contentOf(found.bytes) }
    }),
  )
  const typed = files === undefined ? await standard : undefined
  const documents: CapturedDocuments = {
    ...(await observations.files()),
    ...(files === undefined ? {} : { given }),
    ...(typed?.ok === true ? { stdin: contentOf(typed.bytes) } : {}),
    ...(override === undefined ? {} : { override }),
  }
  const hides =
    isSensitive(read.workspace) ||
    [...cuts.values()].some(({ observed }) => observed.masked.length > 0) ||
    textsOf(documents).some((text) => /\bkind\W{1,9}Secret\b/.test(text))
  const captured = await workspace.files()
  const states = hides ? await statesOf(dependencies, inputs, captured, cuts) : undefined
  const packed: Capture = {
    capture: 1,
    now: now.toISOString(),
    environments,
    failOn,
    ...(team === undefined ? {} : { team }),
    ...(partial === undefined ? {} : { partial }),
    ...(hides && files !== undefined ? { complete: false } : {}),
    workspace: captured,
    ...(states === undefined ? { documents } : { states }),
    report,
  }
  return { capture: packed, report, masked: hides }
}

function textsOf({ files, given = [], stdin }: CapturedDocuments): readonly string[] {
  const contents = [
    ...Object.values(files),
    ...given.map(({ content }) => content),
    ...(stdin === undefined ? [] : [stdin]),
  ]
  return contents.map((content) =>
    typeof content === 'string' ? content : Buffer.from(bytesOf(content)).toString('latin1'),
  )
}

/** What was observed, without what nobody is to be told; USAGE where the workspace's own files say it. */
async function statesOf(
  dependencies: Dependencies,
  input: CheckInput,
  workspace: CapturedFiles,
  cuts: ReadonlyMap<string, Cut>,
): Promise<Record<string, CapturedState>> {
  const opened = await dependencies.open(input.source)
  const sensitive = sensitiveOf(opened.read.workspace)
  const engine = await dependencies.engine(input.engine ?? opened.read.workspace.engine ?? 'cue-go')
  const states: Record<string, CapturedState> = {}
  for (const [environment, cut] of cuts) {
    const fragments = await opened.fragments(environment)
    const limits = limitsOf(input, subjectOf(environment, fragments))
    const stated = await statedSecrets({ workspace: opened.read.workspace, fragments }, engine, limits)
    if (stated.length > 0)
      throw new Fault(
        'USAGE',
        `the fragments of environment \`${environment}\` say a value at a sensitive path, which a capture would tell; name it by a reference instead`,
      )
    // Short ones would be found everywhere.
    const text = textMask(cut.secrets.filter((secret) => typeof secret === 'string' && secret.length >= 4))
    for (const [name, content] of Object.entries(workspace.files))
      if (typeof content === 'string' && text(content) !== content)
        throw new Fault('USAGE', `\`${name}\` holds a value of a sensitive path, which a capture would tell`)
    states[environment] = capturedState(cut, sensitive, text)
  }
  return states
}
