import { Fault } from '../../errors.ts'
import type { CapturedFiles } from '../../model/capture.ts'
import { bundleSource } from '../../workspace/bundle-source.ts'
import { keptFiles } from '../../workspace/file-name.ts'
import type { Source } from '../../workspace/source.ts'
import { workspaceFile } from '../../workspace/workspace-file.ts'
import { bytesOf } from './kept-source.ts'

/** A source over captured files. Names that no workspace has are a Fault ARCHIVE_INVALID. */
export function capturedSource(name: string, { files, unread }: CapturedFiles): Source {
  const refused = new Map(unread.map((one) => [one.name, one]))
  const inside = unread.filter(({ reason }) => reason !== 'outside').map((one) => [one.name, ''] as const)
  const kept = keptFiles(
    [...Object.entries(files), ...inside].filter(([file]) => file !== workspaceFile),
    { packs: true },
  )
  const [problem] = kept.problems
  if (problem !== undefined)
    throw new Fault('ARCHIVE_INVALID', `\`${name}\` holds \`${problem.name}\`, which ${problem.problem}`)
  const bytes = new Map(Array.from(kept.files, ([file, content]) => [file, bytesOf(content)]))
  const document = files[workspaceFile]
  const bundle = bundleSource(name, document === undefined ? bytes : bytes.set(workspaceFile, bytesOf(document)))
  return {
    ...bundle,
    read: async (file) => {
      const known = refused.get(file)
      return known === undefined ? bundle.read(file) : { ok: false, reason: known.reason, message: known.message }
    },
  }
}
