import { keepChanged } from '../check/changed.ts'
import { changesSince, type Changes } from '../git/changed-files.ts'
import type { Git } from '../git/git.ts'
import { mergeBaseOf, repositoryOf } from '../git/repository.ts'
import type { Severity } from '../model/finding.ts'
import type { Note, Report } from '../model/report.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { workspaceFile } from '../workspace/workspace-file.ts'

/** What changed in a workspace since a commit. */
export interface ChangedWorkspace {
  /** The commit as it was named, and the one where its history and this one part. */
  readonly base: string
  readonly commit: string
  readonly changes: Changes
}

/** Compares a workspace's folder, as it is on disk, with where the history of a commit and its own part. */
export async function changedSince(git: Git, folder: string, base: string): Promise<ChangedWorkspace> {
  const repository = await repositoryOf(git, folder)
  const commit = await mergeBaseOf(repository, base, 'HEAD')
  return { base, commit, changes: await changesSince(repository, commit) }
}

/** A report of what lies in changed files alone; what such a report cannot tell is a note. Files of those names that are not the workspace's count as changed. */
export function onlyChanged(
  report: Report,
  { base, commit, changes }: ChangedWorkspace,
  others: ReadonlySet<string>,
  failOn: Severity,
): Report {
  const { files } = changes
  const places = { base, commit, files: files.length, has: (file: string) => others.has(file) || changes.has(file) }
  const kept = keepChanged(report, places, failOn)
  const isWorkspace = files.some(({ file }) => file === workspaceFile)
  const gone = files.filter(({ change }) => change === 'deleted').length
  const causes = [
    ...(isWorkspace ? [`\`${workspaceFile}\` changed`] : []),
    ...(gone === 0 ? [] : [gone === 1 ? 'a file was deleted' : `${gone} files were deleted`]),
  ].join(' and ')
  const note: Note = {
    code: 'changed',
    message: `since \`${base}\` ${causes}: what comes of that in files that did not change is left out here, and told by a whole check`,
  }
  return causes === '' ? kept : { ...kept, notes: sortedNotes([...kept.notes, note]) }
}
