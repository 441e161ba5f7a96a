import { compareText } from '../model/order.ts'
import { isPackFile } from '../model/pack.ts'
import { folderOf, inFolder } from './claims.ts'
import { cueEmbeds, type CueHeader, cueHeader } from './cue-header.ts'
import { isGlob, literalGlob } from './glob.ts'
import type { Source } from './source.ts'
import { eachOf, type ReadText, textReader } from './text-reader.ts'

// Which texts of a workspace the packages need: their own files, files of the same package in the folders above (CUE unifies
// them), what they import of the workspace's module or of cue.mod/{pkg,gen,usr}, and the data that any of these embed.

/** A `.cue` file of a folder: what its head says, or why it cannot be read. */
export interface CueFile {
  readonly name: string
  readonly read: ReadText
  readonly header: CueHeader
}

/** A package by its folder; the name undefined for files without a package clause. */
export interface PackageKey {
  readonly dir: string
  readonly package: string | undefined
}

/** A text that a package needs. */
export interface NeededText {
  readonly name: string
  readonly read: ReadText
  /** For `.cue` files: the package that their head names. */
  readonly package?: string | undefined
  /** The first of the packages that needs it; none needs the module file more than another. */
  readonly neededBy: PackageKey
}

/** Reads `.cue` files of a source, each once. */
export interface CueFiles {
  /** The files of a folder, sorted; not those that CUE leaves out (`_x.cue`, `x_test.cue`, `x_tool.cue`, `@ignore()`). */
  of(dir: string): Promise<readonly CueFile[]>
  /** The folders at and below one that hold such files, sorted; not those that CUE leaves out (`_x`, `cue.mod`). */
  folders(dir: string): Promise<readonly string[]>
  /** Every text that the packages need, sorted by name: `.cue` files and what they embed. */
  neededBy(packages: readonly PackageKey[]): Promise<readonly NeededText[]>
}

const moduleFile = 'cue.mod/module.cue'

/** The `.cue` files of a source. */
export function cueFiles(source: Source): CueFiles {
  const text = textReader(source)
  const read = new Map<string, Promise<readonly CueFile[]>>()
  const of = (dir: string, names?: readonly string[]): Promise<readonly CueFile[]> => {
    const known = read.get(dir)
    if (known) return known
    const files = readFolder(source, text, dir, names)
    read.set(dir, files)
    return files
  }
  const folders = async (dir: string): Promise<readonly string[]> => {
    const names = await source.list([inFolder(literalGlob(dir), '**/*.cue')])
    const byFolder = new Map<string, string[]>()
    for (const name of names.filter((found) => isTaken(found, dir))) {
      const folder = folderOf(name)
      const inside = byFolder.get(folder)
      if (inside) inside.push(name)
      else byFolder.set(folder, [name])
    }
    await eachOf([...byFolder], ([folder, inside]) => of(folder, inside))
    return [...byFolder.keys()].toSorted(compareText)
  }
  return { of, folders, neededBy: (packages) => needed(source, text, of, packages) }
}

type ReadFile = ReturnType<typeof textReader>

/** The files of a folder, whose names may be known already. */
async function readFolder(
  source: Source,
  text: ReadFile,
  dir: string,
  listed?: readonly string[],
): Promise<readonly CueFile[]> {
  const names = listed ?? (await source.list([inFolder(literalGlob(dir), '*.cue')]))
  const files = await eachOf(names.filter(isSource), async (name) => {
    const read = await text(name)
    return { name, read, header: read.ok ? cueHeader(read.text) : { imports: [], ignored: false } }
  })
  return files.filter(({ header }) => !header.ignored)
}

/** CUE leaves out files for tests and commands, and those whose name starts with `_`. */
function isSource(name: string): boolean {
  const file = name.slice(name.lastIndexOf('/') + 1)
  return !/^[_.]/.test(file) && !/_(test|tool)\.cue$/.test(file)
}

function isTaken(name: string, dir: string): boolean {
  const below = dir === '.' ? name : name.slice(dir.length + 1)
  const folders = below.split('/').slice(0, -1)
  return isSource(name) && !folders.some((label) => label.startsWith('_') || label === 'cue.mod')
}

async function needed(
  source: Source,
  text: ReadFile,
  of: CueFiles['of'],
  packages: readonly PackageKey[],
): Promise<readonly NeededText[]> {
  const [first] = packages
  if (first === undefined) return []
  const found = new Map<string, NeededText>()
  const take = (name: string, read: ReadText, neededBy: PackageKey, header?: CueHeader): boolean => {
    if (found.has(name)) return false
    found.set(name, { name, read, neededBy, package: header?.package })
    return true
  }
  const module = await text(moduleFile)
  if (module.ok || module.reason !== 'absent') take(moduleFile, module, first)
  const own = module.ok ? modulePath(module.text) : undefined
  const done = new Set<string>()
  const waiting = packages.map((key) => ({ key, root: key })).toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { key, root } = next
    const id = JSON.stringify([key.dir, key.package])
    if (done.has(id)) continue
    done.add(id)
    for (const { name, read, header } of await filesOf(key, of)) {
      if (!take(name, read, root, header) || !read.ok) continue
      waiting.push(
        ...header.imports.flatMap((path) => importedPackages(path, own)).map((imported) => ({ key: imported, root })),
      )
      for (const [data, content] of await embedded(name, read.text, source, text)) take(data, content, root)
    }
  }
  return [...found.values()].toSorted((a, b) => compareText(a.name, b.name))
}

/** The files of a package in its folder, and those of the same package in the folders above. A file that hides its package is taken. */
async function filesOf(key: PackageKey, of: CueFiles['of']): Promise<readonly CueFile[]> {
  const here = await of(key.dir)
  const same = here.filter(({ header }) => header.package === undefined || header.package === key.package)
  // Where no file has that name, the engine says which names there are.
  const found = same.length === 0 ? [...here] : same
  for (let { dir } = key; key.package !== undefined && dir !== '.' && dir !== 'cue.mod' && !isPackFile(dir);) {
    dir = folderOf(dir)
    found.push(...(await of(dir)).filter(({ header }) => header.package === key.package))
  }
  return found
}

/** Where the package of an import path may lie in the workspace; nowhere for CUE's own library. */
export function importedPackages(importPath: string, own = 'workspace.congruent'): readonly PackageKey[] {
  const [located = '', name] = importPath.split(':', 2)
  const path = located.replace(/@[^/]*$/, '')
  const key = { package: name ?? path.slice(path.lastIndexOf('/') + 1) }
  if (path === own) return [{ dir: '.', ...key }]
  if (path.startsWith(`${own}/`)) return [{ dir: path.slice(own.length + 1), ...key }]
  if (!(path.split('/', 1)[0] ?? '').includes('.')) return []
  return ['pkg', 'gen', 'usr'].map((kind) => ({ dir: `cue.mod/${kind}/${path}`, ...key }))
}

/** The module path that `cue.mod/module.cue` gives, without its major version. */
export function modulePath(text: string): string | undefined {
  return /(?:^|[{,])[ \t]*"?module"?:[ \t]*"([^"@\n]+)(?:@[^"\n]*)?"/m.exec(text)?.[1]
}

async function embedded(
  file: string,
  content: string,
  source: Source,
  text: ReadFile,
): Promise<readonly (readonly [string, ReadText])[]> {
  const names = cueEmbeds(content)
    .filter((name) => name !== '' && !name.startsWith('/') && !name.split('/').includes('..'))
    .map((name) => inFolder(folderOf(file), name))
  const listed = await source.list(names.filter(isGlob))
  const all = [...new Set([...names.filter((name) => !isGlob(name)), ...listed])]
  const found = await eachOf(all, async (name) => [name, await text(name)] as const)
  return found.filter(([, read]) => read.ok || read.reason !== 'absent')
}
