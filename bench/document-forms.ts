import { dump } from 'js-yaml'
import type { Deployment, Deployments } from './deployments.ts'
import { rules } from './rules/policies.ts'

/** A way in which documents come, and how a workspace says so. */
export interface Form {
  readonly name: FormName
  readonly title: string
  /** The files that hold the documents. */
  readonly files: (documents: readonly Deployment[]) => Readonly<Record<string, string>>
  /** The line of the policy that says where the documents stand. */
  readonly constraint: string
  /** The settings of the observation. */
  readonly observation: string
  /** Which document a finding at a path is about. */
  readonly named: (data: Deployments) => (path: readonly string[]) => string
}

export type FormName = 'array' | 'yaml' | 'files' | 'kubernetes'

const byPosition = ({ documents }: Deployments): ((path: readonly string[]) => string) => {
  return (path) => documents[Number(path[1])]?.metadata.name ?? path.join('.')
}

const asArray = (documents: readonly Deployment[]): Readonly<Record<string, string>> => ({
  'docs.json': JSON.stringify(documents),
})

/** The forms that peers read, too, and Kubernetes objects: the same array, each under its namespace, kind and name. */
export const forms: Readonly<Record<FormName, Form>> = {
  array: {
    name: 'array',
    title: 'one JSON array',
    files: asArray,
    constraint: 'docs: [...#Deployment]',
    observation: '{ files: [docs.json], at: docs }',
    named: byPosition,
  },
  yaml: {
    name: 'yaml',
    title: 'YAML documents in one file',
    files: (documents) => ({ 'docs.yaml': documents.map((document) => dump(document)).join('---\n') }),
    constraint: 'docs: [string]: #Deployment',
    observation: `{ files: [docs.yaml], at: 'docs."{index}"' }`,
    named: byPosition,
  },
  files: {
    name: 'files',
    title: 'a JSON file each',
    files: (documents) =>
      Object.fromEntries(
        documents.map((document) => [`docs/${document.metadata.name}.json`, JSON.stringify(document, undefined, 1)]),
      ),
    constraint: 'docs: [string]: #Deployment',
    observation: `{ files: [docs/*.json], at: 'docs."{stem}"' }`,
    named: () => (path) => path[1] ?? '',
  },
  kubernetes: {
    name: 'kubernetes',
    title: 'one JSON array, as Kubernetes objects',
    files: asArray,
    constraint: 'namespaces: [string]: "Deployment.apps": [string]: #Deployment',
    observation: '{ files: [docs.json], adapter: kubernetes, lists: plain }',
    named: () => (path) => path[3] ?? '',
  },
}

/** The files of a workspace for documents of this form, without the documents. */
export function workspaceFor(form: Form): Readonly<Record<string, string>> {
  return {
    'congruent.yaml': `workspace: deployments
teams: { policy: { fragments: [./policy] } }
observations:
  - ${form.observation}
`,
    'policy/policy.cue': `${rules('deployment.cue')}\n${form.constraint}\n`,
  }
}
