import { join } from 'node:path'
import type { Deployments } from './deployments.ts'
import type { FormName } from './document-forms.ts'
import { waysOf } from './document-ways.ts'
import { processVariant } from './measure/process.ts'
import type { Variant } from './measure/run.ts'
import { namedInMessages } from './peers/named.ts'
import { missing, peer } from './peers/peers.ts'
import { root } from './root.ts'

/** The peers that read documents in a form, as variants in a folder that holds `policies/` and `data/`, and those that are not installed. */
export function documentPeers(
  form: FormName,
  { documents, wrong }: Deployments,
  files: Readonly<Record<string, string>>,
  folder: string,
): { readonly variants: readonly Variant[]; readonly absent: readonly string[] } {
  const ways = waysOf[form]({ files, names: documents.map(({ metadata }) => metadata.name) })
  const found = ways.flatMap((way) => {
    const program = peer(way.peer)
    return program === undefined ? [] : [{ ...way, command: [program, ...way.arguments] }]
  })
  const all = form === 'array' ? [...found, validator] : found
  return {
    variants: all.map(({ name, command, named }) =>
      processVariant({ name, command, folder, findings: { expected: wrong, named } }),
    ),
    absent: missing(ways.map((way) => way.peer)),
  }
}

/** The least that a check in Node takes: a compiled validator, no positions. */
const validator = {
  name: 'ajv, compiled, in Node',
  command: [process.execPath, join(root, 'bench/peers/ajv.mjs'), 'policies/schema/deployment.json', 'data/docs.json'],
  named: namedInMessages,
}
