import type { ReadingTime } from '../document/reading-time.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { readExemptions, type ReadExemptions } from '../workspace/read-exemptions.ts'
import { readFragments } from '../workspace/read-fragments.ts'
import { readWorkspace, type ReadWorkspace } from '../workspace/read-workspace.ts'
import type { Source } from '../workspace/source.ts'

/** A workspace that was read, and its fragments as they are asked for. */
export interface OpenWorkspace {
  readonly read: ReadWorkspace
  /** Those of one environment. */
  fragments(environment: string, time?: ReadingTime): Promise<FragmentSet>
  /** The same, where they were read before and cannot have changed. */
  known(environment: string): FragmentSet | undefined
  /** The exemptions of all environments. */
  exemptions(): Promise<ReadExemptions>
}

/** Reads workspaces; what a source holds that never changes is read once, as long as somebody holds the source. */
export function openWorkspaces(): (source: Source) => Promise<OpenWorkspace> {
  const known = new WeakMap<Source, Promise<OpenWorkspace>>()
  return (source) => {
    if (source.fixed !== true) return opening(source)
    const opened = known.get(source) ?? opening(source)
    known.set(source, opened)
    // The next one may have more time.
    opened.catch(() => known.delete(source))
    return opened
  }
}

async function opening(source: Source): Promise<OpenWorkspace> {
  const read = await readWorkspace(source)
  const known = new Map<string, FragmentSet>()
  let exemptions: Promise<ReadExemptions> | undefined
  return {
    read,
    exemptions: () => (exemptions ??= readExemptions(read.workspace, source)),
    known: (environment) => known.get(environment),
    fragments: async (environment, time) => {
      const fragments = known.get(environment) ?? (await readFragments(read, environment, source, time))
      if (source.fixed === true) known.set(environment, fragments)
      return fragments
    },
  }
}
