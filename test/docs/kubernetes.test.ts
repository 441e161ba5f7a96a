import { readFileSync } from 'node:fs'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import { memorySource } from '../support/memory-source.ts'

const page = readFileSync('docs/kubernetes.md', 'utf8')

function block(header: string): string {
  return new RegExp(`^\`\`\`${header}\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? ''
}

t.test('the manifests of the page become its tree', async (t) => {
  const { documents } = readDocuments('page.yaml', Buffer.from(block('yaml manifests')), { yaml: '1.1' })
  const { state, unreadable, notes } = projectKubernetes(documents, { lists: 'keyed' })
  t.strictSame([documents.length, unreadable, notes], [2, [], []])
  t.strictSame(JSON.parse(toJson(state)), JSON.parse(block('json tree')))
})

t.test('the rules of the page find what they say', async (t) => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: LoadBalancer }\n'
  const source = memorySource({
    'congruent.yaml': `workspace: page
teams: { web: { fragments: [./rules] } }
observations: [{ files: [live.yaml], adapter: kubernetes }]
`,
    'rules/rules.cue': `package rules\n\n${block('cue')}`,
    'live.yaml': `${block('yaml manifests').replace('name: server', 'name: server\n          image: web')}---\n${service}---\n${service.replace('name: web', 'name: inner').replace('type: LoadBalancer', 'selector: { app: web }')}`,
  })
  const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
  t.teardown(() => congruent.close())
  const { report } = await congruent.check({ source })
  t.strictSame(
    report.findings.map(({ kind, rule, at }) => `${kind} ${rule.id} ${at}`),
    [
      'mismatch IMG-1 namespaces.shop."Deployment.apps".web.spec.template.spec.containers.server.image',
      'mismatch NET-1 namespaces.shop.Service.web.spec.type',
    ],
  )
})
