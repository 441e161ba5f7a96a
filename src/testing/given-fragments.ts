import { posix } from 'node:path'
import { dataText } from '../document/data-reading.ts'
import type { GivenFragment } from '../model/test-document.ts'
import type { Workspace } from '../model/workspace.ts'
import { bundleSource } from '../workspace/bundle-source.ts'
import { cueHeader } from '../workspace/cue-header.ts'
import type { Source } from '../workspace/source.ts'
import { mapOf } from './given-data.ts'

/** A workspace as it would be with the fragments that a case gives. */
export interface AsGiven {
  readonly workspace: Workspace
  readonly source: Source
}

/** Lays given fragments over a workspace: those of a team beside or in place of its own, files in place of those of the same name. */
export function asGiven({ workspace, source }: AsGiven, fragments: readonly GivenFragment[], file: string): AsGiven {
  const files = new Map<string, Uint8Array>()
  const teams = { ...workspace.teams }
  const cleared = new Set<string>()
  for (const [index, fragment] of fragments.entries()) {
    const { team, cue } = fragment
    const data = dataText(mapOf(fragment.data ?? {}))
    if (team === undefined) {
      files.set(posix.normalize(fragment.file ?? ''), Buffer.from(cue ?? data))
      continue
    }
    const known = teams[team]
    if (known === undefined) continue
    // No folder of the workspace has the name of a file of tests.
    const folder = `${file.replaceAll(/[*?[\]{}]/g, '_')}/given-${index + 1}`
    const name = `${folder}/${cue === undefined ? 'fragment.json' : 'fragment.cue'}`
    files.set(name, Buffer.from(cue === undefined ? data : packaged(cue)))
    const own = fragment.alone === true && !cleared.has(team) ? [] : known.fragments
    if (fragment.alone === true) cleared.add(team)
    teams[team] = { ...known, fragments: [...own, cue === undefined ? `./${name}` : `./${folder}`] }
  }
  return { workspace: { ...workspace, teams }, source: laidOver(source, bundleSource(source.name, files)) }
}

/** A text without a package clause is of a package of its own; its lines stay where they are. */
function packaged(cue: string): string {
  return cueHeader(cue).package === undefined ? `package given, ${cue}` : cue
}

/** One source over another: what the upper one has hides what the lower one has there. */
function laidOver(lower: Source, upper: Source): Source {
  return {
    name: lower.name,
    gaps: true,
    ...(lower.fixed === undefined ? {} : { fixed: lower.fixed }),
    read: async (name) => {
      const read = await upper.read(name)
      return read.ok ? read : lower.read(name)
    },
    list: async (globs) => {
      const lists = await Promise.all([lower.list(globs), upper.list(globs)])
      return [...new Set(lists.flat())].toSorted()
    },
  }
}
