import { template } from './template.ts'
import { writeNew, type FileMaker } from './write-new.ts'

/** Writes a small working workspace into a folder, and says which files, sorted. Overwrites nothing. */
export function initWorkspace(dir: string, disk: FileMaker): Promise<readonly string[]> {
  return writeNew(dir, template, 'choose another folder', disk)
}
