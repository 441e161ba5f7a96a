import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocuments } from '../src/document/read.ts'
import { toJson } from '../src/document/to-json.ts'
import { projectKubernetes } from '../src/kubernetes/project.ts'
import { root } from './root.ts'

/** A workspace that holds observed objects to the pack; they are its `objects.json`. */
export const podWorkspace: Readonly<Record<string, string>> = {
  'congruent.yaml': `workspace: pods
teams: {}
packs: [kubernetes/pod-security]
observations:
  - { files: [objects.json], adapter: kubernetes }
`,
}

/** The CUE of the pack, for programs that know CUE alone: files below `pod-security/`. */
export function podSecurity(): Readonly<Record<string, string>> {
  const pack = join(root, 'policies/kubernetes/pod-security')
  const names = readdirSync(pack).filter((name) => name.endsWith('.cue'))
  return Object.fromEntries(names.map((name) => [`pod-security/${name}`, readFileSync(join(pack, name), 'utf8')]))
}

/** The objects where our adapter puts them: what other programs get for nothing. */
export function treeOf(objects: string): string {
  const { documents } = readDocuments('objects.json', Buffer.from(objects))
  return toJson(projectKubernetes(documents, { lists: 'keyed' }).state)
}
