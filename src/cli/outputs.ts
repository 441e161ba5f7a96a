import { resolve } from 'node:path'
import { Fault } from '../errors.ts'
import type { CommandContext } from './command.ts'
import { textFlag, textFlags, type Flags } from './flags.ts'
import { write } from './io.ts'
import { writeWhole } from './written-file.ts'

/** How wide a text is that goes into a file. */
const fileWidth = 120

/** What a document is written for: the terminal, or a file. */
export interface Target {
  readonly colour: boolean
  readonly width: number
}

/** The format for standard output and those for files. */
export interface Outputs<F extends string> {
  readonly format: F
  readonly files: readonly { readonly format: F; readonly path: string }[]
}

/** Reads `--format` and each `--output FORMAT=FILE`, before any work is done. */
export function outputsOf<F extends string>(flags: Flags, formats: readonly F[], standard: F, cwd: string): Outputs<F> {
  const named = (name: string | undefined): F | undefined => formats.find((format) => format === name)
  const files = textFlags(flags, 'output').map((text) => {
    const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? []
    const format = named(name)
    if (format !== undefined && file !== undefined) return { format, path: resolve(cwd, file) }
    const expected = formats.map((known) => `\`${known}=FILE\``).join(', ')
    throw new Fault('USAGE', `\`--output ${text}\` is not understood: expected ${expected}`)
  })
  const twice = files.find(({ path }, index) => files.findIndex((file) => file.path === path) !== index)
  if (twice !== undefined)
    throw new Fault('USAGE', `\`${twice.path}\` is named by two \`--output\`: each needs a file of its own`)
  return { format: named(textFlag(flags, 'format')) ?? standard, files }
}

/** Writes a document to standard output and into files. Each is tried, whatever becomes of the others. */
export async function writeOutputs<F extends string>(
  { io, config }: CommandContext,
  outputs: Outputs<F>,
  render: (format: F, target: Target) => string,
): Promise<void> {
  const written = await Promise.allSettled([
    write(io.stdout, render(outputs.format, config)),
    writeFiles(outputs, render),
  ])
  for (const result of written) if (result.status === 'rejected') throw result.reason
}

/** Writes a document into files alone. Each is tried, whatever becomes of the others. */
export async function writeFiles<F extends string>(
  { files }: Outputs<F>,
  render: (format: F, target: Target) => string,
): Promise<void> {
  const written = await Promise.allSettled(
    files.map(({ format, path }) => writeWhole(path, render(format, { colour: false, width: fileWidth }))),
  )
  for (const result of written) if (result.status === 'rejected') throw result.reason
}
