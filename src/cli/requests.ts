import { Fault } from '../errors.ts'
import { parsePath, parsePathTemplate, parsePattern, PathSyntaxError, type Path } from '../model/path.ts'
import { adapterNames, type Covers } from '../model/workspace.ts'
import type { FileSettings, NamedFile } from '../observation/cut-request.ts'
import type { RequestOptions } from '../operations/dependencies.ts'
import type { Source } from '../workspace/source.ts'
import type { CommandContext } from './command.ts'
import { choiceFlag, engineFlag, isSet, nowFlag, textFlag, textFlags, timeoutFlag, type Flags } from './flags.ts'
import { namedFiles } from './named-files.ts'

/** What the flags say that unify, check and explain share. */
export function requestOptionsOf({ io }: CommandContext, flags: Flags): RequestOptions {
  const engine = engineFlag(flags)?.name
  const deadlineMs = timeoutFlag(flags)
  return {
    signal: io.interrupted,
    ...(engine === undefined ? {} : { engine }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  }
}

/** The workspace that `-C` names. */
export function directoryOf(flags: Flags): string {
  return textFlag(flags, 'directory') ?? '.'
}

/** What is observed, as the flags say. */
export interface ObservedFlags {
  readonly now?: Date
  readonly files?: readonly NamedFile[]
  readonly override?: FileSettings
  readonly stdin: CommandContext['stdin']
}

/** The files that replace the workspace's observations, if any are named, how they are read, and the time for their age. */
export async function observedOf(
  { io, stdin }: CommandContext,
  flags: Flags,
  names: readonly string[],
): Promise<ObservedFlags> {
  const now = nowFlag(flags)
  const override = fileSettingsOf(flags)
  if (names.length === 0 && Object.keys(override).length > 0)
    throw new Fault(
      'USAGE',
      '`--adapter`, `--at`, `--covers`, `--namespace` and `--skip-hooks` are about files on the command line, and there are none',
    )
  return {
    stdin,
    ...(now === undefined ? {} : { now }),
    ...(names.length === 0
      ? {}
      : { files: await namedFiles(names, { cwd: io.cwd, directory: directoryOf(flags) }, stdin), override }),
  }
}

/** How files on the command line are to be read. */
export function fileSettingsOf(flags: Flags): FileSettings {
  const adapter = choiceFlag(flags, 'adapter', adapterNames)
  const at = textFlag(flags, 'at')
  if (at !== undefined) typed(() => parsePathTemplate(at, ['file', 'stem', 'index']))
  const covers = coversOf(textFlags(flags, 'covers'))
  const namespace = textFlag(flags, 'namespace')
  if (namespace === '') throw new Fault('USAGE', '`--namespace` is empty: expected the name of a namespace')
  if (namespace !== undefined && adapter !== undefined && adapter !== 'kubernetes')
    throw new Fault('USAGE', `\`--namespace\` is for Kubernetes objects, and \`--adapter ${adapter}\` reads none`)
  return {
    ...(adapter === undefined ? {} : { adapter }),
    ...(at === undefined ? {} : { at }),
    ...(covers === undefined ? {} : { covers }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(isSet(flags, 'skipHooks') ? { hooks: 'skip' } : {}),
  }
}

const wholeCovers = ['all', 'objects', 'kinds'] as const

function coversOf(texts: readonly string[]): Covers | undefined {
  const [first, second] = texts
  if (first === undefined) return undefined
  const whole = wholeCovers.find((word) => texts.includes(word))
  if (whole === undefined) {
    for (const text of texts) typed(() => parsePattern(text))
    return texts
  }
  if (second === undefined) return whole
  throw new Fault(
    'USAGE',
    `\`--covers ${whole}\` stands alone: name either one of ${wholeCovers.join(', ')}, or path patterns`,
  )
}

/** A path that was typed. */
export function pathOf(text: string): Path {
  return typed(() => parsePath(text))
}

/** What a reader of paths makes of a typed one; a mistake in it is one of usage. */
export function typed<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof PathSyntaxError) throw new Fault('USAGE', error.message)
    throw error
  }
}

/** The source of the workspace that `-C` names. */
export function sourceOf(context: CommandContext, flags: Flags): Promise<Source> {
  return context.open(directoryOf(flags))
}
