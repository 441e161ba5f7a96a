import type { Outline, OutlineAnswer, Speaking } from '../engine/protocol.ts'
import { compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Mask } from '../masking/mask.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { oneEnvironment } from './environments.ts'
import { isSensitive, sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** What of a desired state is to be outlined. */
export interface OutlineInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Needed where the workspace has several. */
  readonly environment?: string
  readonly paths: readonly Path[]
  /** Where something is taken to be, so that patterns speak of it. */
  readonly labels?: readonly Path[]
}

/**
 * What the desired state says at some paths, in the order that they are asked for, and whose text each part of it is. None where a fragment
 * cannot be read; of an engine that cannot tell only the text of the whole, which belongs to nobody then.
 */
export async function outline(dependencies: Dependencies, input: OutlineInput): Promise<readonly Outline[]> {
  const { source, paths, labels = [] } = input
  const opened = await dependencies.open(source)
  const { workspace, environments } = opened.read
  const environment = oneEnvironment(input.environment, environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const { fragments, ...set } = await opened.fragments(environment)
  const limits = limitsOf(input, subjectOf(environment, { fragments, ...set }))
  const mask = await sensitiveMask({ workspace, fragments: { fragments, ...set } }, engine, limits)
  const shown = (outlines: OutlineAnswer['outlines']): readonly Outline[] =>
    mask === undefined ? outlines : outlines.map((one) => masked(one, mask))
  if (engine.outline === undefined) {
    if (!paths.every((path) => path.length === 0)) return []
    const { desired } = await engine.unify({ fragments, want: ['cue'] }, limits)
    return shown(paths.map((path) => ({ path, ...(desired?.cue === undefined ? {} : { text: desired.cue }) })))
  }
  const evaluation = dependencies.evaluation(engine, isSensitive(workspace) ? 'here' : 'anywhere')
  const restriction =
    labels.length === 0 ? undefined : await evaluation.restriction(fragments, [...paths, ...labels], limits)
  const { outlines } = await engine.outline(
    {
      fragments,
      paths,
      ...(labels.length === 0 ? {} : { labels: JSON.stringify(mapOf(labels)) }),
      ...(restriction && { restriction }),
    },
    limits,
  )
  return shown(outlines)
}

/** Paths as maps in maps. */
function mapOf(paths: readonly Path[]): unknown {
  const root = growing()
  for (const path of paths) {
    let place = root
    for (const label of path) {
      const next = place.get(label) ?? growing()
      place.set(label, next)
      place = next
    }
  }
  return plain(root)
}

interface Growing extends Map<string, Growing> {}

function growing(): Growing {
  return new Map()
}

function plain(place: Growing): unknown {
  const members = [...place].toSorted(([a], [b]) => compareText(a, b))
  return members.length === 0 ? null : Object.fromEntries(members.map(([label, below]) => [label, plain(below)]))
}

function masked({ text, patterns, below, ...one }: Outline, mask: Mask): Outline {
  return {
    ...one,
    ...(text === undefined ? {} : { text: mask.cue(text, one.path) }),
    ...maskedPatterns({ patterns, below }, one.path, mask),
  }
}

function maskedPatterns(
  { patterns, below }: { readonly patterns: Speaking['patterns']; readonly below: Speaking['below'] },
  path: Path,
  mask: Mask,
): Pick<Speaking, 'patterns' | 'below'> {
  return {
    ...(patterns === undefined ? {} : { patterns: patterns.map((pattern) => mask.cue(pattern, path)) }),
    ...(below === undefined
      ? {}
      : {
          below: below.map(({ patterns: own, below: further, ...one }) => ({
            ...one,
            ...maskedPatterns({ patterns: own, below: further }, [...path, one.label], mask),
          })),
        }),
  }
}
