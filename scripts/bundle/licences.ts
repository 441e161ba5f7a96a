import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package of which something is in the bundle. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** The texts that its terms ask to be kept. */
  readonly licences: readonly string[]
}

const inPackage = /^(?<folder>(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//
const licenceFile = /^(licen[cs]e|copying|copyright|notice)\b/i

/** The packages that files of a bundle come from, by name. */
export function bundledPackages(files: readonly string[]): readonly BundledPackage[] {
  const folders = new Set(files.flatMap((file) => inPackage.exec(file)?.groups?.['folder'] ?? []))
  return Array.from(folders, readPackage).toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

/** One text that names every bundled package with its terms. */
export function thirdPartyText(packages: readonly BundledPackage[]): string {
  const sections = packages.map(
    ({ name, version, licences }) => `${rule}\n${name} ${version}\n${rule}\n\n${licences.join('\n\n')}`,
  )
  const head = 'The files in this folder contain the works named below, each under the terms that follow its name.'
  return `${[head, ...sections].join('\n\n')}\n`
}

const rule = '='.repeat(80)

function readPackage(folder: string): BundledPackage {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version } = identified(manifest, folder)
  const licences = readdirSync(folder)
    .filter((file) => licenceFile.test(file) && existsSync(join(folder, file)))
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (licences.length === 0) throw new Error(`no licence found for ${name} ${version}`)
  return { name, version, licences }
}

function identified(manifest: unknown, folder: string): { name: string; version: string } {
  if (typeof manifest === 'object' && manifest !== null && 'name' in manifest && 'version' in manifest)
    return { name: String(manifest.name), version: String(manifest.version) }
  throw new Error(`${folder}/package.json has no name and version`)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
