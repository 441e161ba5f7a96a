import t from 'tap'
import { mistaken, seemsToBe } from '../../../src/observation/adapters/mistaken.ts'
import { adapterNames } from '../../../src/model/workspace.ts'

const manifest = { apiVersion: 'v1', kind: 'Pod' }
const documents = {
  snapshot: { snapshot: 1, observer: 'agent', sequence: 1, observedAt: '2026-05-01T11:59:00Z', state: manifest },
  kubernetes: manifest,
  'several objects': [manifest],
  terraform: { format_version: '1.2', terraform_version: '1.11.4', values: {} },
  compose: { services: { web: { image: 'web' } } },
  'plain data with one of the words': { snapshot: 1, state: 'on' },
  nothing: null,
}

t.test('a document that another adapter reads is told with that adapter', async (t) => {
  const told = Object.entries(documents).map(([name, data]) => [
    name,
    adapterNames.flatMap((read) => {
      const message = mistaken(data, read)
      return message === undefined ? [] : [`${read}: ${/name `(\w+)` instead/.exec(message)?.[1] ?? ''}`]
    }),
  ])
  t.strictSame(Object.fromEntries(told), {
    snapshot: ['plain: snapshot', 'kubernetes: snapshot', 'compose: snapshot', 'terraform: snapshot'],
    kubernetes: ['snapshot: kubernetes', 'compose: kubernetes', 'terraform: kubernetes'],
    'several objects': ['snapshot: kubernetes', 'compose: kubernetes', 'terraform: kubernetes'],
    terraform: ['snapshot: terraform', 'kubernetes: terraform', 'compose: terraform'],
    compose: [],
    'plain data with one of the words': [],
    nothing: [],
  })
})

t.test('what is read as plain data because nobody said otherwise is asked about', async (t) => {
  t.match(seemsToBe(manifest), /a Kubernetes manifest.*say `adapter: kubernetes`, or `adapter: plain` if/)
  t.match(seemsToBe(documents.terraform), /of Terraform.*`adapter: terraform`/)
  t.equal(seemsToBe(documents.compose), undefined)
})
