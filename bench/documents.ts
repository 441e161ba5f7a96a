import { join } from 'node:path'
import { deployments, type Deployments } from './deployments.ts'
import { forms, workspaceFor, type Form } from './document-forms.ts'
import { documentPeers } from './document-peers.ts'
import { compare } from './measure/compare.ts'
import type { Variant } from './measure/run.ts'
import { engineMissing, firstAndAgain, firstRun, laterRun, namedInReport, type Asked } from './ours.ts'
import type { Question } from './question.ts'
import { policies } from './rules/policies.ts'
import { inFolder, writeFiles } from './workspaces.ts'

/** How long does it take to check small documents against ten rules, one document in a hundred wrong? */
export const documents: Question = {
  name: 'documents',
  sizes: [1000, 10_000],
  async *measure(count) {
    for (const form of [forms.array, forms.yaml, forms.files]) yield await inOneForm(count, form)
  },
}

function inOneForm(count: number, form: Form) {
  const data = deployments(count)
  return inFolder((folder) => {
    const files = form.files(data.documents)
    writeFiles(join(folder, 'policies'), policies())
    writeFiles(join(folder, 'data'), files)
    const { variants, absent } = documentPeers(form.name, data, files, folder)
    return compare({
      id: `documents/${form.name}/${count}`,
      title: `Check ${count} documents, ${data.wrong.size} wrong, as ${form.title}`,
      entities: count,
      base: { array: 'opa eval', yaml: 'kubeconform', files: 'opa exec', kubernetes: '' }[form.name],
      variants: [
        ...variants,
        ...oursFor(form, data, folder),
        ...(form === forms.array ? [asObjects(data, folder)] : []),
      ],
      absent: [...absent, ...engineMissing],
    })
  })
}

/** The first run, the same again, and other documents against the same policy. */
function oursFor(form: Form, data: Deployments, folder: string): readonly Variant[] {
  const changing = join(folder, 'ours-changing')
  let edition = 0
  const change = (): void => writeFiles(changing, form.files(deployments(data.documents.length, edition++).documents))
  return [
    ...firstAndAgain(asked(form, data, join(folder, 'ours'))),
    laterRun({
      ...asked(form, data, changing),
      name: 'congruent, known policy, other data',
      prepare: change,
    }),
  ]
}

function asObjects(data: Deployments, folder: string): Variant {
  const place = join(folder, 'ours-kubernetes')
  return firstRun({ ...asked(forms.kubernetes, data, place), name: 'congruent, as Kubernetes objects, first run' })
}

/** A check of a workspace that is written there. */
function asked(form: Form, data: Deployments, folder: string): Omit<Asked, 'name'> {
  writeFiles(folder, { ...workspaceFor(form), ...form.files(data.documents) })
  return {
    folder,
    arguments: ['check', '--format', 'json'],
    findings: { expected: data.wrong, named: namedInReport(form.named(data)) },
  }
}
