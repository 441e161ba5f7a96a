import { exactJson } from '../model/exact-json.ts'
import { yamlOfJson } from '../document/yaml-text.ts'
import { printable } from './printable.ts'

/** A point of the Test Anything Protocol. */
export interface TapPoint {
  readonly isOk: boolean
  /** Description, directive and diagnostics. */
  readonly text: string
}

/** Points as a stream of the protocol's version 14. */
export function tapText(points: readonly TapPoint[]): string {
  const numbered = points.map(({ isOk, text }, index) => `${isOk ? 'ok' : 'not ok'} ${index + 1} - ${text}`)
  return `${['TAP version 14', `1..${points.length}`, ...numbered].join('\n')}\n`
}

/** A description in which no directive begins. */
export function tapDescription(text: string): string {
  return printable(text).replaceAll(/[\\#]/g, String.raw`\$&`)
}

/** What stands below a point, in lines. */
export function tapDiagnostics(details: object): readonly string[] {
  const yaml = yamlOfJson(exactJson(details)).trimEnd().split('\n')
  return ['---', ...yaml, '...'].map((line) => `  ${line}`)
}
