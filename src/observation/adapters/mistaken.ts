import { isDataObject, type Data } from '../../model/data.ts'
import type { AdapterName } from '../../model/workspace.ts'
import { kubernetes } from './kubernetes.ts'
import { snapshot } from './snapshot.ts'
import { terraform } from './terraform.ts'

const forms = [
  // Plain state may have any of these words, but hardly all of them.
  { name: 'snapshot', what: 'a snapshot document', is: (data) => snapshot.recognises(data) && saysWho(data) },
  { name: 'kubernetes', what: 'a Kubernetes manifest', is: (data) => kubernetes.recognises(data), mayBePlain: true },
  {
    name: 'terraform',
    what: 'a state or plan of Terraform',
    is: (data) => terraform.recognises(data),
    mayBePlain: true,
  },
] as const satisfies readonly {
  readonly name: AdapterName
  readonly what: string
  readonly is: (data: Data) => boolean
  /** Whether it can be meant to be read as the plain data that it is, too. */
  readonly mayBePlain?: boolean
}[]

function saysWho(data: Data): boolean {
  return isDataObject(data) && 'observer' in data && 'sequence' in data
}

/** What a document surely is instead of what its adapter reads, and what to say. */
export function mistaken(data: Data, read: AdapterName): string | undefined {
  const form = forms.find(({ is }) => is(data))
  if (form === undefined || form.name === read || (read === 'plain' && 'mayBePlain' in form)) return undefined
  const instead = form.name === 'snapshot' ? '(`adapter:`, `--adapter`)' : '(`adapter:`, `--adapter`, `--from`)'
  return `this is ${form.what}, no input of the adapter \`${read}\`: name \`${form.name}\` instead ${instead}`
}

/** What a document seems to be that is read as plain data because nobody said otherwise. */
export function seemsToBe(data: Data): string | undefined {
  const form = forms.find(({ is }) => is(data))
  if (form === undefined) return undefined
  return `this seems to be ${form.what}, and is read as plain data: say \`adapter: ${form.name}\`, or \`adapter: plain\` if that is meant`
}
