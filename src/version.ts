import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

/** The version of this package, which `package.json` alone states. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new TypeError('package.json has no version')
}

/**
 * All of an installation that answers depend on: the version of this package and the digest of its engine; in a checkout, where the
 * version stays while the code changes, also when the code was built.
 */
export function releaseStamp(): string {
  const code = statSync(new URL('../../src/version.ts', import.meta.url), { throwIfNoEntry: false })
  const built = code === undefined ? undefined : statSync(new URL(import.meta.url)).mtimeMs
  return JSON.stringify([packageVersion(), engineDigest(), built, process.version])
}

/** Of the manifest of the built engine, which tells the digests of its bytes and sources; where there is none, there is no engine either. */
function engineDigest(): string {
  try {
    return hash('sha256', readFileSync(new URL('../../engine/dist/manifest.json', import.meta.url)))
  } catch {
    return ''
  }
}
