import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode } from '../error-code.ts'
import type { Boundary } from './boundary.ts'

/** What is in a folder, or why that cannot be said. */
export type Shown =
  { readonly ok: true; readonly entries: readonly Dirent[] } | { readonly ok: false; readonly code: string }

/** The entries of a folder; links are shown as what they lead to, if that is in the workspace and not a folder that we are in already. */
export function showFolder(folder: string, inside: Boundary['inside']): Shown {
  try {
    return {
      ok: true,
      entries: readdirSync(folder, { withFileTypes: true }).map((entry) => followed(folder, entry, inside)),
    }
  } catch (error) {
    return { ok: false, code: errorCode(error) ?? 'unknown reason' }
  }
}

/** All that a listing learns of a folder, as a text. */
export function textOf(shown: Shown): string {
  if (!shown.ok) return shown.code
  return JSON.stringify(shown.entries.map((entry) => [entry.name, entry.isDirectory(), entry.isFile()]))
}

/** An entry, or what it leads to if it is a link. */
function followed(folder: string, link: Dirent, inside: Boundary['inside']): Dirent {
  if (!link.isSymbolicLink()) return link
  const target = realPath(join(folder, link.name))
  const kind = target !== undefined && inside(target) ? statSync(target, { throwIfNoEntry: false }) : undefined
  const isDirectory = kind?.isDirectory() === true && !isAround(folder, target ?? '')
  const shown: Dirent = Object.create(link)
  shown.isDirectory = () => isDirectory
  shown.isFile = () => !isDirectory && kind?.isDirectory() !== true
  shown.isSymbolicLink = () => false
  return shown
}

/** Whether a real folder is one of those on the way to a listed folder, by whatever names: going in would never end. */
function isAround(folder: string, target: string): boolean {
  let at = folder
  for (;;) {
    if (realPath(at) === target) return true
    const parent = dirname(at)
    if (parent === at) return false
    at = parent
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
