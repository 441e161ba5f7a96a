import { ciFiles, type CiProvider, type CiSettings } from '../workspace/init/ci-files.ts'
import { initWorkspace } from '../workspace/init/init-workspace.ts'
import { writeNew, type FileMaker } from '../workspace/init/write-new.ts'

/** Makes a small working workspace in a folder, whose check finds something, and says which files it wrote, sorted. */
export function init(disk: FileMaker, folder: string): Promise<readonly string[]> {
  return initWorkspace(folder, disk)
}

/** Writes the file that makes a repository check each change, at the root of it, and says which; overwrites nothing. */
export function initCi(
  disk: FileMaker,
  root: string,
  provider: CiProvider,
  settings: CiSettings,
): Promise<readonly string[]> {
  return writeNew(root, ciFiles(provider, settings), 'take the job over from docs/ci.md', disk)
}
