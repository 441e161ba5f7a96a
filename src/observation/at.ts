import type { Document } from '../model/document.ts'
import { parsePathTemplate, type Path } from '../model/path.ts'

const placeholders = ['file', 'stem', 'index'] as const

/** Where an entry puts each of its documents. */
export interface At {
  /** `{file}` is the document's file, `{stem}` its name without folder and ending, `{index}` the document's position in it. */
  of(document: Document): Path
  /** What all of its documents have in common. */
  readonly prefix: Path
}

/** Reads an entry's `at`; default the root. Throws PathSyntaxError. */
export function parseAt(text: string | undefined): At {
  const template = parsePathTemplate(text ?? '', placeholders)
  const firstHole = template.findIndex((label) => placeholders.some((name) => label.includes(`{${name}}`)))
  return {
    of: (document) => template.map((label) => filled(label, document)),
    prefix: firstHole < 0 ? template : template.slice(0, firstHole),
  }
}

function filled(label: string, { file, index }: Document): string {
  return label.replaceAll(/\{(file|stem|index)\}/g, (_, name) =>
    name === 'file' ? file : name === 'stem' ? stem(file) : String(index),
  )
}

function stem(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
