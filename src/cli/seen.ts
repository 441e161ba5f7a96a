import { Fault } from '../errors.ts'
import type { Observing } from '../operations/review/review.ts'
import type { CommandContext } from './command.ts'
import { textFlags, type Flags } from './flags.ts'
import { namedFiles } from './named-files.ts'
import { directoryOf } from './requests.ts'

/** What was seen: files by name, or a capture with its time and environments. */
interface Seen {
  readonly observing?: Observing & { readonly complete?: boolean }
  readonly environments?: readonly string[]
  readonly now?: Date
}

/** Reads what `--snapshots` names; nothing where it names none. */
export async function seenOf({ io, stdin }: CommandContext, flags: Flags): Promise<Seen> {
  const names = textFlags(flags, 'snapshots')
  const files = await namedFiles(names, { cwd: io.cwd, directory: directoryOf(flags) }, stdin)
  for (const file of files) {
    const { name } = file
    const bytes = await file.read()
    if (!bytes.ok || !isCapture(bytes.bytes)) continue
    if (files.length > 1)
      throw new Fault('USAGE', `\`${name}\` is a capture, which holds all that was observed: name nothing beside it`)
    const { readCapture } = await import('../operations/captures/read-capture.ts')
    const { input } = readCapture(name, bytes.bytes)
    const { environments, now, observations, files: given, override, stdin: piped, cut, partial, complete } = input
    return {
      environments,
      now,
      observing: {
        ...(observations === undefined ? {} : { observations }),
        ...(given === undefined ? {} : { files: given }),
        ...(override === undefined ? {} : { override }),
        ...(piped === undefined ? {} : { stdin: piped }),
        ...(cut === undefined ? {} : { cut }),
        ...(partial === undefined ? {} : { partial }),
        ...(complete === undefined ? {} : { complete }),
      },
    }
  }
  return files.length === 0 ? {} : { observing: { files } }
}

function isCapture(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"capture"\s*:/.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))
}
