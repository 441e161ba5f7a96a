import type { FormName } from './document-forms.ts'
import type { Output } from './measure/process.ts'
import { namedByFile, namedByKubeconform, namedByLine, namedByPosition, namedInMessages } from './peers/named.ts'
import type { PeerName } from './peers/peers.ts'

/** How a peer checks documents: its arguments, and what its output names. */
export interface Way {
  readonly name: string
  readonly peer: PeerName
  readonly arguments: readonly string[]
  readonly named: (output: Output) => Iterable<string>
}

/** What is checked, beside `policies/`: files below `data/`, their texts, and the names of the documents, in order. */
export interface Data {
  readonly files: Readonly<Record<string, string>>
  readonly names: readonly string[]
}

/** The ways in which the peers that read documents in a form check them. */
export const waysOf: Readonly<Record<FormName, (data: Data) => readonly Way[]>> = {
  array: ({ names }) => [
    opa('opa eval', ['eval', '-d', 'policies/rego', '-i', 'data/docs.json', 'data.main.deny']),
    cueVet('[...#Deployment]', ['data/docs.json'], namedByPosition(names)),
    conftest('data/docs.json'),
  ],
  yaml: ({ files, names }) => [
    kubeconform('data/docs.yaml'),
    cueVet('#Deployment', ['data/docs.yaml'], namedByLine(names, files['docs.yaml'] ?? '')),
    conftest('data/docs.yaml'),
    gator('data/docs.yaml'),
  ],
  files: ({ files }) => [
    opa('opa exec', ['exec', '--decision', 'main/deny', '--bundle', 'policies/rego', 'data']),
    cueVet(
      '#Deployment',
      Object.keys(files).map((name) => `data/${name}`),
      namedByFile,
    ),
    kubeconform('data'),
    conftest('data'),
  ],
  kubernetes: () => [],
}

function opa(name: string, given: readonly string[]): Way {
  return { name, peer: 'opa', arguments: given, named: namedInMessages }
}

/** `-E` tells all errors that it would tell at all. */
function cueVet(schema: string, data: readonly string[], named: Way['named']): Way {
  const given = ['vet', '-c', '-E', '-d', schema, 'policies/cue/policy.cue', ...data]
  return { name: 'cue vet', peer: 'cue', arguments: given, named }
}

function conftest(data: string): Way {
  const given = ['test', '-p', 'policies/rego', '-o', 'json', data]
  return { name: 'conftest', peer: 'conftest', arguments: given, named: namedInMessages }
}

function kubeconform(data: string): Way {
  const given = ['-n', '2', '-output', 'json', '-schema-location', 'policies/schema/{{ .ResourceKind }}.json', data]
  return { name: 'kubeconform', peer: 'kubeconform', arguments: given, named: namedByKubeconform }
}

function gator(data: string): Way {
  const given = ['test', '-f', 'policies/gatekeeper', '-f', data, '-o', 'json']
  return { name: 'gator test', peer: 'gator', arguments: given, named: namedInMessages }
}
