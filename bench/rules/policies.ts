import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

/** Reads a file of this folder. */
export function rules(name: string): string {
  return readFileSync(join(root, 'bench/rules', name), 'utf8')
}

/** The ten rules on Deployments as each peer reads them: files by name. */
export function policies(): Readonly<Record<string, string>> {
  const rego = rules('deployment.rego')
  return {
    'cue/policy.cue': rules('deployment.cue'),
    'rego/policy.rego': regoHead + rego,
    'schema/deployment.json': rules('deployment.schema.json'),
    'gatekeeper/template.yaml': templateHead + indented(gatekeeperHead + rego),
    'gatekeeper/constraint.yaml': constraint,
  }
}

const regoHead = `package main

import rego.v1

documents := input if is_array(input)

documents := [input] if is_object(input)

`

const gatekeeperHead = `package deploymentrules

documents := [input.review.object]

violation contains {"msg": message} if some message in deny

`

const templateHead = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: { name: deploymentrules }
spec:
  crd: { spec: { names: { kind: DeploymentRules } } }
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
        - engine: Rego
          source:
            version: v1
            rego: |
`

const constraint = `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: DeploymentRules
metadata: { name: deployments }
spec:
  match: { kinds: [{ apiGroups: [apps], kinds: [Deployment] }] }
`

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(14))
}
