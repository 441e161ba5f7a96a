import { readFileSync } from 'node:fs'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'

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
