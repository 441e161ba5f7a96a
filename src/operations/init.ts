import { initWorkspace, type FileMaker } from '../workspace/init/init-workspace.ts'

/** Makes a small working workspace in a folder, whose check finds something, and says which files it wrote, sorted. */
export function init(disk: FileMaker, folder: string): Promise<readonly string[]> {
  return initWorkspace(folder, disk)
}
