import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { Fault } from '../../errors.ts'
import type { Identity } from '../protocol.ts'

/** The built engine: what its manifest says of it, and how to get its compiled module. */
export interface Artifact {
  readonly identity: Identity
  /** The module for worker threads. An object to those who use the library: Node's own types do not declare WebAssembly. */
  readonly compile: (how?: Pick<Compilation, 'optimise'>) => Promise<object>
}

/** How a module is compiled. */
export interface Compilation {
  /** Whether the module has hints on which functions to compile now. */
  readonly ahead?: boolean
  /** Whether functions that run often are optimised in the background: that pays from some hundreds of small checks on. */
  readonly optimise?: boolean
}

/** The folder of the built engine in this package; code runs from build/src or a folder beside build. */
export const builtEngine = new URL('../../../../engine/dist/', import.meta.url)

/** Reads the manifest now and the module when it is asked for. Throws ENGINE_MISMATCH if there is no such engine. */
export function readArtifact(folder: URL): Artifact {
  const manifest = readManifest(folder)
  const ahead = 'ahead' in manifest && typeof manifest.ahead === 'number' && manifest.ahead > 0
  return {
    identity: manifest,
    compile: async (how) => compile(await readWhole(new URL('engine.wasm', folder)), { ...how, ahead }),
  }
}

/**
 * V8s that are known to obey a module's hints on which functions to compile ahead, which is an experiment of theirs: those of
 * Node 20 and 22. That of Node 24 never ends its compilation.
 */
const obeysHints = /^(?:11\.3|12\.4)\./

/**
 * After how much work of its own a function is optimised. Of an engine that lives for one check none is: it takes as long as
 * the check, and a process does not end before it is done; a large request gets there all the same. An engine that stays gets
 * there within some hundred small checks, which take half the time from then on; with V8's own budget, which is a small part
 * of this, the first of them would wait for the optimiser.
 */
const budgets = { once: 2_000_000_000, stays: 50_000_000 } as const

/**
 * Compiles with validation of each function put off until it is used: most are never used. With `ahead`, those that the module
 * names in hints are compiled now and side by side, in half the time on two processors; the module must have such hints.
 */
export async function compile(
  bytes: Uint8Array,
  { ahead = false, optimise = false }: Compilation = {},
): Promise<object> {
  setFlagsFromString('--wasm-lazy-validation')
  setFlagsFromString(`--wasm-tiering-budget=${optimise ? budgets.stays : budgets.once}`)
  if (!ahead || !obeysHints.test(process.versions.v8)) return WebAssembly.compile(bytes)
  setFlagsFromString('--experimental-wasm-compilation-hints')
  setFlagsFromString('--no-wasm-lazy-compilation')
  try {
    return await WebAssembly.compile(bytes)
  } finally {
    // Other modules have no hints: all of them would be compiled now.
    setFlagsFromString('--wasm-lazy-compilation')
  }
}

/** One read of the whole file: `readFile` takes it in pieces, each of which waits for this thread. */
async function readWhole(file: URL): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const bytes = Buffer.allocUnsafeSlow(size)
    const { bytesRead } = await handle.read(bytes, 0, size, 0)
    if (bytesRead !== size) throw new Error(`read ${bytesRead} of ${size} bytes of the engine`)
    return bytes
  } finally {
    await handle.close()
  }
}

/** What a built engine is, and the digest of its sources. Throws ENGINE_MISMATCH if nothing says so. */
export function readManifest(folder: URL): Identity {
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))
  } catch (cause) {
    throw new Fault('ENGINE_MISMATCH', 'the built engine has no readable manifest; install the package again', {
      cause,
    })
  }
  if (isIdentity(manifest)) return withSources(manifest)
  throw new Fault('ENGINE_MISMATCH', "the built engine's manifest does not say what the engine is; build it again")
}

/** With the digest of the sources, which a manifest holds beside their list. */
function withSources(manifest: Identity): Identity {
  if (!('sources' in manifest) || typeof manifest.sources !== 'object' || manifest.sources === null) return manifest
  const { sources } = manifest
  return 'sha256' in sources && typeof sources.sha256 === 'string'
    ? { ...manifest, builtFrom: sources.sha256 }
    : manifest
}

/** Whether a value that came from outside has the members of an identity. */
export function isIdentity(value: unknown): value is Identity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'protocol' in value &&
    typeof value.protocol === 'number' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'cue' in value &&
    typeof value.cue === 'string' &&
    'go' in value &&
    typeof value.go === 'string' &&
    (!('builtFrom' in value) || typeof value.builtFrom === 'string')
  )
}
