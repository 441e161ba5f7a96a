import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A package that is linked into the engine: its folder and the module it comes from. */
export interface LinkedPackage {
  readonly folder: string
  readonly module: string
  readonly version: string
}

const licenceFile = /^(licen[cs]e|copying|copyright|notice|patents)\b/i

/** One text that names all that is linked into the engine, with the licence of each, printed once. */
export function thirdPartyText(packages: readonly LinkedPackage[], goRoot: string, go: string): string {
  const owners = new Map<string, Set<string>>()
  const add = (owner: string, file: string): void => {
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trimEnd()
    owners.set(text, (owners.get(text) ?? new Set()).add(owner))
  }
  for (const name of licenceFilesOf(goRoot)) add(`Go ${go.slice(2)} (runtime and standard library)`, name)
  for (const { folder, module, version } of packages) {
    const files = licenceFilesFor(folder, module)
    if (files.length === 0) throw new Error(`no licence found for ${module} ${version} in ${folder}`)
    for (const file of files) add(`${module} ${version}`, file)
  }
  const texts = [...owners].map(([text, of]) => ({ text, of: [...of].sort() }))
  texts.sort((a, b) => compare(a.of.join(), b.of.join()) || compare(a.text, b.text))
  return [
    'engine.wasm, the evaluator of Congruent, contains the works named below, each under the terms that follow its name.',
    ...texts.map(({ text, of }) => `${rule}\n${of.join('\n')}\n${rule}\n\n${text}`),
  ]
    .join('\n\n')
    .concat('\n')
}

const rule = '='.repeat(80)

/** Licence files from a package's folder up to the root of its module, which ends in the module's path. */
function licenceFilesFor(folder: string, module: string): string[] {
  const found = licenceFilesOf(folder)
  return folder.endsWith(`/${module}`) ? found : [...found, ...licenceFilesFor(dirname(folder), module)]
}

function licenceFilesOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return files.filter(({ name }) => licenceFile.test(name)).map(({ name }) => join(folder, name))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
