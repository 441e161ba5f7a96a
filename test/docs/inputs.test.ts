import { readFileSync } from 'node:fs'
import t from 'tap'
import { projectCompose } from '../../src/compose/project.ts'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import type { Document } from '../../src/model/document.ts'
import { projectTerraform } from '../../src/terraform/project.ts'

const page = readFileSync('docs/inputs.md', 'utf8')

function block(header: string): string {
  return new RegExp(`^\`\`\`${header}\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? ''
}

function documentIn(header: string): Document {
  const [document] = readDocuments('page.yaml', Buffer.from(block(header))).documents
  if (document === undefined) throw new Error(`${header} is no document`)
  return document
}

t.test('the documents of the page become its trees', async (t) => {
  const compose = projectCompose(documentIn('yaml compose'))
  t.strictSame([compose.unreadable, compose.notes], [[], []])
  t.strictSame(JSON.parse(toJson(compose.state)), JSON.parse(block('json compose-tree')))
  const terraform = projectTerraform(documentIn('json terraform'))
  t.strictSame(JSON.parse(toJson(terraform.state)), JSON.parse(block('json terraform-tree')))
  t.equal(terraform.masked.length, 2)
})
