import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPins, whyNotBuildable } from '../../scripts/engine/go.ts'
import { describeSources } from '../../scripts/engine/manifest.ts'
import { buildProgram, isProgramCurrent, programFile } from '../../scripts/engine/program.ts'
import { protocolVersion } from '../../src/engine/protocol.ts'
import type { Identity } from '../../src/engine/protocol.ts'

/** The native program built from the sources as they are, and what it must say it is; or why there is none. */
export type NativeProgram = { readonly path: string; readonly expected: Identity } | { readonly absent: string }

/** Builds the program if it is not there or not current; without Go, one that is current is taken as it is. */
export function nativeProgram(): NativeProgram {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const pins = readPins(root)
  if (!isProgramCurrent(root)) {
    const absent = whyNotBuildable(pins)
    if (absent !== undefined) return { absent }
    buildProgram(root)
  }
  const expected = { protocol: protocolVersion, name: 'cue-native', ...pins, builtFrom: describeSources(root).sha256 }
  return { path: join(root, programFile), expected }
}
