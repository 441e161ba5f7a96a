import { compareText } from '../../model/order.ts'
import type { Workspace } from '../../model/workspace.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'
import type { OpenWorkspace } from '../open-workspace.ts'

/**
 * Two states of a workspace that are compared: the fragments of each environment are read once, whoever asks, and what is sensitive in one of them is
 * so in both.
 */
export function sharedStates(
  before: OpenWorkspace,
  after: OpenWorkspace,
): readonly [before: OpenWorkspace, after: OpenWorkspace] {
  const patterns = [before, after].flatMap(({ read }) => read.workspace.sensitive ?? [])
  const sensitive = [...new Set(patterns)].toSorted(compareText)
  return [shared(before, sensitive), shared(after, sensitive)]
}

function shared(opened: OpenWorkspace, sensitive: readonly string[]): OpenWorkspace {
  const { read } = opened
  const workspace: Workspace = sensitive.length === 0 ? read.workspace : { ...read.workspace, sensitive }
  const sets = new Map<string, Promise<FragmentSet>>()
  return {
    read: { ...read, workspace },
    known: (environment) => opened.known(environment),
    exemptions: () => opened.exemptions(),
    fragments: (environment, time) => {
      const set = sets.get(environment) ?? opened.fragments(environment, time)
      sets.set(environment, set)
      return set
    },
  }
}
