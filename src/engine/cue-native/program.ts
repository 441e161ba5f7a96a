import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../errors.ts'

/** The name of the program's file. */
export function programName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'congruent-engine.exe' : 'congruent-engine'
}

/** Where the program is looked for if nobody says: in this package; code runs from build/src or a folder beside build. */
const inPackage = new URL('../../../../engine/native/', import.meta.url)

/** The program in this package, if it was built there. */
export function programInPackage(): string {
  return fileURLToPath(new URL(programName(process.platform), inPackage))
}

/** Throws ENGINE_NOT_FOUND where there is no such file. */
export function requireProgram(path: string): void {
  if (isFile(path)) return
  throw new Fault(
    'ENGINE_NOT_FOUND',
    `there is no engine \`${path}\`; build it with \`npm run engine:native\` in a checkout of this version, name it with \`--engine cue-native=PATH\` or CONGRUENT_ENGINE, or use \`cue-go\`, which answers the same`,
  )
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The fault of a file that is there and is not the program. */
export function notAnEngine(path: string, cause: unknown): Fault {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Fault(
    'ENGINE_MISMATCH',
    `\`${path}\` cannot be run as an engine: ${why}; build it with \`npm run engine:native\` in a checkout of this version, or name another`,
    { cause },
  )
}
