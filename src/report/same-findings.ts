import { exactJson } from '../model/exact-json.ts'
import type { Finding } from '../model/finding.ts'

/** A finding and the environments in which it is the same but for its fingerprint. */
export interface SameFindings {
  readonly finding: Finding
  readonly environments: readonly string[]
}

/** Each finding once, with all environments in which it is the same, in the order of the findings. */
export function sameFindings(findings: readonly Finding[]): readonly SameFindings[] {
  const byContent = new Map<string, { readonly finding: Finding; readonly environments: string[] }>()
  for (const finding of findings) {
    const { fingerprint: _, environment, ...content } = finding
    const key = exactJson(content)
    const same = byContent.get(key)
    if (same === undefined) byContent.set(key, { finding, environments: [environment] })
    else same.environments.push(environment)
  }
  return Array.from(byContent.values())
}
