import { Fault } from '../errors.ts'
import { listsOf } from '../model/lists-of.ts'
import { compareText } from '../model/order.ts'
import { parsePattern, PathSyntaxError, type PathPattern } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { isTestFile } from '../model/test-files.ts'
import type { AdapterName, Covers, ObservationEntry } from '../model/workspace.ts'
import type { Source, SourceRead } from '../workspace/source.ts'
import type { AdapterSettings } from './adapters/adapter.ts'
import { parseAt, type At } from './at.ts'
import type { CutProblem } from './cut.ts'
import type { CutRequest, FileSettings, NamedFile, ReportedAs } from './cut-request.ts'

/** Files that are read alike: one entry of the workspace, or files that no entry describes. */
export interface Input {
  readonly files: readonly NamedFile[]
  /** None: by content. */
  readonly adapter?: AdapterName
  readonly at: At
  readonly covers: 'all' | 'objects' | 'kinds' | readonly PathPattern[]
  /** Who reports, where the documents do not say so. */
  readonly observer: string
  readonly maxAge?: string
  readonly settings: AdapterSettings
  /** All that was said of these files, by the workspace and by the user. */
  readonly said: ObservationEntry
  /** Whether it was said that these files belong to this environment, so that a document of another one is worth a note. */
  readonly chosen: boolean
  /** How the workspace or the user names it, for faults. */
  readonly name: string
}

/** Finds the files of a request's environment. A glob without a file is a problem at its place. */
export async function findInputs(
  request: CutRequest,
): Promise<{ inputs: readonly Input[]; problems: readonly CutProblem[]; notes: readonly Note[] }> {
  return request.files ? givenInputs(request, request.files) : workspaceInputs(request)
}

async function workspaceInputs(request: CutRequest): ReturnType<typeof findInputs> {
  const inputs: Input[] = []
  const problems: CutProblem[] = []
  for (const [index, entry] of request.entries.entries()) {
    if (!isFor(entry, request.environment)) continue
    const names = new Set<string>()
    for (const glob of entry.files) {
      const found = await matches(request, glob)
      for (const name of found) names.add(name)
      if (found.length === 0) problems.push(await unmatched(glob, entry, request))
    }
    const files = [...names].sort(compareText).map((name) => ({ name, read: () => readNamed(request, name) }))
    inputs.push(inputOf(request, entry, `observations[${index}]`, files))
  }
  return { inputs, problems, notes: [] }
}

/** What came from an observer takes the settings of its first entry, each other file those of the first entry whose glob it matches. */
async function givenInputs(request: CutRequest, given: readonly NamedFile[]): ReturnType<typeof findInputs> {
  const reported = reportedInputs(request, given)
  const files = given.filter((file) => file.reported === undefined)
  if (files.length === 0) return { inputs: reported, problems: [], notes: [] }
  const notes: Note[] = []
  const byEntry = new Map<ObservationEntry | undefined, NamedFile[]>()
  const matching = await Promise.all(
    request.entries.map(async (entry) => {
      const globs = entry.files.filter((glob) => glob !== '-')
      return {
        entry,
        names: new Set([...(await request.source.list(globs)), ...(entry.files.includes('-') ? ['-'] : [])]),
      }
    }),
  )
  for (const file of files) {
    const described = matching.filter(({ names }) => names.has(file.name)).map(({ entry }) => entry)
    const entry = described.find((candidate) => isFor(candidate, request.environment))
    if (!entry && described.length > 0) {
      const others = described.map(({ environment }) => `\`${environment ?? ''}\``).join(', ')
      notes.push({
        code: 'other-environment',
        message: `the workspace says that the file belongs to ${others}: not used for \`${request.environment}\``,
        file: file.name,
      })
      continue
    }
    const group = byEntry.get(entry)
    if (group) group.push(file)
    else byEntry.set(entry, [file])
  }
  const inputs = [...byEntry].map(([entry, group]) => {
    const name = entry ? `observations[${request.entries.indexOf(entry)}]` : 'the files given'
    return inputOf(request, entry ?? { files: group.map((file) => file.name) }, name, group, {
      undescribed: entry === undefined,
      override: request.override,
    })
  })
  return { inputs: [...reported, ...inputs], problems: [], notes }
}

function reportedInputs(request: CutRequest, files: readonly NamedFile[]): readonly Input[] {
  const groups = new Map<string, { readonly as: ReportedAs; readonly files: NamedFile[] }>()
  for (const file of files) {
    const { reported } = file
    if (reported === undefined) continue
    const key = JSON.stringify([reported.observer, reported.adapter, reported.at, reported.covers])
    const group = groups.get(key)
    if (group) group.files.push(file)
    else groups.set(key, { as: reported, files: [file] })
  }
  return Array.from(groups.values(), ({ as, files: group }) => {
    const own = request.entries.find((entry) => entry.observer === as.observer && isFor(entry, request.environment))
    const name = own ? `observations[${request.entries.indexOf(own)}]` : `the observer \`${as.observer}\``
    const entry = own ?? { files: [], observer: as.observer }
    return inputOf(request, entry, name, group, { undescribed: own === undefined, override: as })
  })
}

interface Described {
  /** No entry says how the files are read. */
  readonly undescribed?: boolean
  readonly override?: FileSettings | undefined
}

function inputOf(
  request: CutRequest,
  entry: ObservationEntry,
  name: string,
  files: readonly NamedFile[],
  { undescribed = false, override }: Described = {},
): Input {
  const namespace = override?.namespace ?? entry.namespace
  const hooks = override?.hooks ?? entry.hooks
  const adapter = override?.adapter ?? entry.adapter ?? (undescribed ? undefined : 'plain')
  return {
    files,
    ...(adapter && { adapter }),
    at: readable(name, () => parseAt(override?.at ?? entry.at)),
    covers: readable(name, () => coversOf(override?.covers ?? ofEntry(entry, adapter) ?? 'all')),
    observer: entry.observer ?? entry.files[0] ?? '',
    ...(entry.maxAge !== undefined && { maxAge: entry.maxAge }),
    settings: {
      lists: undescribed ? listsOf(request.entries, request.environment) : (entry.lists ?? 'keyed'),
      ...(namespace !== undefined && { namespace }),
      ...(hooks !== undefined && { hooks }),
    },
    said: { ...entry, ...override },
    chosen: request.files !== undefined || entry.environment !== undefined,
    name,
  }
}

/** Kinds are known of manifests only: of anything else that an observer sends, such an entry says nothing. */
function ofEntry({ adapter, covers }: ObservationEntry, used: AdapterName | undefined): Covers | undefined {
  return covers === 'kinds' && adapter === 'kubernetes' && used !== adapter ? undefined : covers
}

function coversOf(covers: Covers): Input['covers'] {
  return typeof covers === 'string' ? covers : covers.map(parsePattern)
}

/** Workspaces are checked before; the command line is not. */
function readable<T>(name: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof PathSyntaxError) throw new Fault('USAGE', `${name}: ${error.message}`, { cause: error })
    throw error
  }
}

function isFor(entry: ObservationEntry, environment: string): boolean {
  return entry.environment === undefined || entry.environment === environment
}

async function matches(request: CutRequest, glob: string): Promise<readonly string[]> {
  if (glob !== '-') {
    const names = await request.source.list([glob])
    return names.filter((name) => name === glob || !isTestFile(name))
  }
  return request.stdin ? ['-'] : []
}

async function readNamed({ stdin, source }: CutRequest, name: string): Promise<SourceRead> {
  return name === '-' && stdin ? { ok: true, bytes: stdin } : source.read(name)
}

async function unmatched(glob: string, entry: ObservationEntry, { source }: CutRequest): Promise<CutProblem> {
  const message =
    glob === '-'
      ? 'nothing was given on standard input'
      : `no file matches the glob \`${glob}\`${await hint(glob, source)}`
  return { kind: 'unobserved', path: parseAt(entry.at).prefix, message, observations: [] }
}

/** Says that a glob matches a directory, as only its files can be read. */
async function hint(glob: string, source: Source): Promise<string> {
  const inside = `${glob.replace(/\/+$/, '')}/*`
  const [first] = await source.list([inside])
  const directory = first?.slice(0, first.lastIndexOf('/')) ?? glob
  if (first === undefined) {
    const read = await source.read(glob)
    if (read.ok || read.reason !== 'directory') return ''
  }
  return `: \`${directory}\` is a directory, whose files \`${inside}\` matches`
}
