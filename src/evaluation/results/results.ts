import type { EngineFinding, Read } from '../../engine/protocol.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import type { Entity } from '../division/collections.ts'
import { isSilentAbout, leadFrom, ledFinding } from './move.ts'

// Findings of one entity as they are remembered: with the path that they were found at, so that they can be led to another
// entity that is equal but for its label. Where something that is said names the label, only that is remembered.

/** What is remembered in place of findings that name their entity. */
export const ownOnly = '"own"'

/** Findings of an entity as text. */
export function writtenResult({ path }: Entity, findings: readonly EngineFinding[]): string {
  return JSON.stringify({ path, findings })
}

/** Whether findings of an entity of a pattern are, but for paths, those of every one that is equal but for its path. */
export function isForAll(pattern: PathPattern, { path }: Entity, findings: readonly EngineFinding[]): boolean {
  return (
    findings.length === 0 || path.every((label, index) => pattern[index] !== null || isSilentAbout(label, findings))
  )
}

/** The findings of an entity out of a text; undefined where the text is none, or cannot be led to this entity. */
export function readResult(
  text: string | undefined,
  entity: Entity,
  reads: readonly Read[],
): readonly EngineFinding[] | undefined {
  const result = text === undefined ? undefined : parsed(text)
  return result === undefined ? undefined : resultFor(entity, reads, result.path, result.findings)
}

/** Findings of an entity at a path as those of another one that has read the same; undefined where they cannot be led there. */
export function resultFor(
  { path }: Entity,
  reads: readonly Read[],
  from: Path,
  findings: readonly EngineFinding[],
): readonly EngineFinding[] | undefined {
  if (path.length !== from.length) return undefined
  const lead = leadFrom(from, path, reads)
  const led = findings.flatMap((finding) => ledFinding(finding, lead) ?? [])
  return led.length === findings.length ? led : undefined
}

function parsed(text: string): { readonly path: Path; readonly findings: readonly EngineFinding[] } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isResult(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isResult(value: unknown): value is { readonly path: Path; readonly findings: readonly EngineFinding[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    Array.isArray(value.path) &&
    'findings' in value &&
    Array.isArray(value.findings)
  )
}
