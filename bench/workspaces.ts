import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Fragments, Observed } from '../src/engine/protocol.ts'
import type { Workspace } from './services.ts'

/** Calls with an empty folder, and removes it afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'congruent-bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes files by name, with the folders that they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** All files of a workspace, the observed ones too. */
export function filesOf({ files, observed }: Workspace): Readonly<Record<string, string>> {
  return { ...files, [observed.file]: observed.text }
}

/** The names of its CUE files. */
export function cueFiles(workspace: Workspace): string[] {
  return Object.keys(workspace.files).filter((name) => name.endsWith('.cue'))
}

/** What the engine is asked about a workspace, as the host would put it. */
export function asRequest(workspace: Workspace): { readonly fragments: Fragments; readonly observed: Observed } {
  const files = cueFiles(workspace).map((name) => ({ name, text: workspace.files[name] ?? '', team: dirname(name) }))
  const parts = workspace.folders.map((dir) => ({ kind: 'package' as const, team: dir, dir }))
  return {
    fragments: { files, parts, tags: {}, limits: [] },
    observed: {
      state: JSON.stringify(JSON.parse(workspace.observed.text)),
      coverage: [{ path: [], status: 'covered' }],
      contested: [],
      masked: [],
    },
  }
}
