import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { protocolVersion } from '../../src/engine/protocol.ts'
import { inCopy } from './copy.ts'
import { withHints } from './hints.ts'
import { hotFunctions } from './hot-functions.ts'
import { thirdPartyText, type LinkedPackage } from './licences.ts'
import { builtFiles, describe, describeSources, type Manifest } from './manifest.ts'
import { ordinaryCheck } from './ordinary-check.ts'
import { writeRuntimeOverlay } from './runtime.ts'
import { snapshot } from './snapshot.ts'
import { listSources } from './sources.ts'

const target = { GOOS: 'wasip1', GOARCH: 'wasm' }
const flags = ['-trimpath', '-buildvcs=false', '-buildmode=c-shared', '-ldflags=-s -w -buildid=']
/** 1 GiB: beyond it the engine ends with an error of its own instead of taking the machine's memory. */
const maximumPages = 16_384

/** The files of the built engine by name. */
export type Built = ReadonlyMap<string, Uint8Array>

/**
 * Builds the engine from a copy of its sources in a temporary folder; the same sources give the same bytes anywhere.
 * `environment` is added to that of the Go command.
 */
export function buildEngine(root: string, environment: Readonly<Record<string, string>> = {}): Built {
  return inCopy(root, listSources(root), { ...target, ...environment }, ({ folder, module, pins, goRoot, run }) => {
    const overlay = writeRuntimeOverlay(goRoot, join(folder, 'runtime'))
    run('build', '-mod=vendor', `-overlay=${overlay}`, ...flags, '-o', 'cold.wasm', '.')
    const started = snapshot(readFileSync(join(module, 'cold.wasm')), maximumPages)
    const hot = hotFunctions(started, maximumPages, [ordinaryCheck])
    const wasm = withHints(started, hot)
    const thirdParty = Buffer.from(thirdPartyText(linkedPackages(run), goRoot, pins.go))
    const built = { [builtFiles[0]]: describe(wasm), [builtFiles[1]]: describe(thirdParty) }
    const manifest: Manifest = {
      protocol: protocolVersion,
      name: 'cue-go',
      cue: pins.cue,
      go: pins.go,
      flags: [`GOOS=${target.GOOS}`, `GOARCH=${target.GOARCH}`, ...flags],
      maximumPages,
      ahead: hot.length,
      sources: describeSources(folder),
      built,
    }
    return new Map<string, Uint8Array>([
      [builtFiles[0], wasm],
      [builtFiles[1], thirdParty],
      ['manifest.json', Buffer.from(JSON.stringify(manifest, undefined, 2) + '\n')],
    ])
  })
}

/** Every package outside Go's standard library and the engine itself that goes into the build. */
function linkedPackages(run: (...args: string[]) => string): LinkedPackage[] {
  const format =
    '{{if not .Standard}}{{with .Module}}{{if not .Main}}{{$.Dir}}\t{{.Path}}\t{{.Version}}{{end}}{{end}}{{end}}'
  const lines = run('list', '-mod=vendor', '-deps', '-f', format, '.').split('\n')
  return lines.flatMap((line) => {
    const [folder, module, version] = line.split('\t')
    return folder && module && version ? [{ folder, module, version }] : []
  })
}
