import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Output } from './measure/process.ts'
import { processVariant } from './measure/process.ts'
import type { Variant } from './measure/run.ts'
import { nativeEngine } from './peers/go-programs.ts'
import { root } from './root.ts'

/** The command line of this checkout, as a process. */
export const congruent = [process.execPath, join(root, 'bin/congruent.js')] as const

/** Long enough for anything that is measured. */
const patience = ['--timeout', '10m'] as const

/** A finding in a report, as far as it is counted. */
export interface ReportedFinding {
  readonly kind: string
  readonly path: readonly string[]
  readonly observations: readonly { readonly file?: string; readonly line?: number }[]
}

/** What to ask of a workspace in a folder. */
export interface Asked {
  readonly name: string
  readonly folder: string
  readonly arguments: readonly string[]
  readonly statuses?: readonly number[]
  readonly findings?: { readonly expected: ReadonlySet<string>; readonly named: (output: Output) => Iterable<string> }
  readonly prepare?: () => void
}

/** Nothing is remembered of any run before. */
export function firstRun(asked: Asked): Variant {
  const memory = memoryOf(asked)
  return ours(asked, memory, {
    prepare: () => {
      rmSync(memory, { recursive: true, force: true })
      asked.prepare?.()
    },
  })
}

/** One run before, which is not measured, left behind what it learned. */
export function laterRun(asked: Asked): Variant {
  const memory = memoryOf(asked)
  const setUp = (): void => {
    rmSync(memory, { recursive: true, force: true })
    asked.prepare?.()
    void ours(asked, memory).run()
  }
  return ours(asked, memory, { setUp, ...(asked.prepare && { prepare: asked.prepare }) })
}

/** The first run and the same again; both once more with the evaluator as a native program, if it was built. */
export function firstAndAgain(asked: Omit<Asked, 'name'>): readonly Variant[] {
  const plain = [firstRun({ ...asked, name: 'congruent, first run' }), laterRun({ ...asked, name: 'congruent, again' })]
  if ('absent' in engine) return plain
  const native = { ...asked, arguments: [...asked.arguments, '--engine', `cue-native=${engine.program}`] }
  return [
    ...plain,
    firstRun({ ...native, name: 'congruent, native engine, first run' }),
    laterRun({ ...native, name: 'congruent, native engine, again' }),
  ]
}

const engine = nativeEngine()

/** What to say where the native engine is not there. */
export const engineMissing: readonly string[] = 'absent' in engine ? [`congruent, native engine: ${engine.absent}`] : []

/** Names what findings are about; a finding that tells no line of the data counts as another one, which nobody expects. */
export function namedInReport(name: (path: readonly string[]) => string): (output: Output) => Iterable<string> {
  return ({ out }) => {
    const { findings }: { readonly findings: readonly ReportedFinding[] } = JSON.parse(out)
    return findings.map(({ path, observations }) => {
      const told = observations.some(({ file, line }) => file !== undefined && line !== undefined)
      return told ? name(path) : `${name(path)}, no line`
    })
  }
}

function ours(asked: Asked, memory: string, more: Pick<Variant, 'setUp' | 'prepare'> = {}): Variant {
  return processVariant({
    name: asked.name,
    command: [...congruent, ...asked.arguments, ...patience],
    folder: asked.folder,
    env: { CONGRUENT_CACHE: memory },
    ...(asked.statuses && { statuses: asked.statuses }),
    ...(asked.findings && { findings: asked.findings }),
    ...more,
  })
}

/** Each variant remembers for itself. */
function memoryOf({ folder, name }: Asked): string {
  const memory = `${folder}.memory`
  mkdirSync(memory, { recursive: true })
  return join(memory, name.replaceAll(/[^a-z0-9]+/gi, '-'))
}
