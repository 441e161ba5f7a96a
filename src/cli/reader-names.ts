import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { isPackFile } from '../model/pack.ts'
import type { FileNames } from '../report/format.ts'

/**
 * Names of files for who reads a report beside the checkout, such as a pull request does: relative to the root of the repository around the
 * workspace, else to where the command runs. `given` are names on the command line, which are relative to there if they lie outside the workspace.
 */
export function readerNames(cwd: string, directory: string, given: readonly string[]): FileNames {
  const workspace = real(resolve(cwd, directory))
  const root = repositoryAround(workspace) ?? real(cwd)
  const outside = new Map(
    given
      .filter((name) => name !== '-')
      .map((name) => [name.replaceAll(sep, '/'), real(resolve(cwd, name))] as const)
      .filter(([, path]) => !isInside(workspace, path)),
  )
  return (file) => {
    if (isPackFile(file)) return file
    const path = outside.get(file) ?? resolve(workspace, file)
    const name = relative(root, path).replaceAll(sep, '/')
    return isAbsolute(file) && !isInside(root, path) ? file : name
  }
}

/** The root of the git repository around a folder: the next one above that has `.git`. */
export function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : repositoryAround(parent)
}

function isInside(folder: string, path: string): boolean {
  const name = relative(folder, path)
  return name !== '..' && !name.startsWith(`..${sep}`) && !isAbsolute(name)
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
