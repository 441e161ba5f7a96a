import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { CORE_SCHEMA, loadAll } from 'js-yaml'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { isDataList, isDataObject, type Data } from '../../src/model/data.ts'
import type { Document } from '../../src/model/document.ts'

const corpora = '../shared/corpora'
const skip = existsSync(corpora) ? false : `${corpora} is not here: real files were NOT read`
const names = skip ? [] : readdirSync(corpora, { recursive: true, encoding: 'utf8' }).sort()

t.test('every real YAML file says what another parser says', { skip }, async (t) => {
  const files = names.filter((name) => /\.ya?ml$/.test(name))
  let compared = 0
  for (const file of files) {
    const bytes = readFileSync(`${corpora}/${file}`)
    const { documents, unreadable } = readDocuments(file, bytes)
    assert.deepEqual(unreadable, [], file)
    const expected: unknown[] = loadAll(bytes.toString(), { schema: CORE_SCHEMA })
    const held = expected.filter((document) => document !== null && document !== undefined)
    assert.deepEqual(
      documents.map(asJson),
      held.map((document) => JSON.parse(JSON.stringify(document))),
      file,
    )
    compared += documents.length
  }
  t.ok(files.length > 100 && compared >= files.length, `${compared} documents of ${files.length} files`)
})

t.test('every real JSON file says what JSON.parse says, also as YAML', { skip }, async (t) => {
  const files = names.filter((name) => name.endsWith('.json'))
  for (const file of files) {
    const bytes = readFileSync(`${corpora}/${file}`)
    const expected: unknown = JSON.parse(bytes.toString())
    for (const format of ['json', 'yaml'] as const) {
      const { documents, unreadable, notes } = readDocuments(file, bytes, { format })
      assert.deepEqual([unreadable, notes], [[], []], file)
      assert.deepEqual(documents.map(asJson), [expected], `${file} as ${format}`)
    }
  }
  t.ok(files.length > 0, `${files.length} files`)
})

t.test('every leaf of a real file is on the line where it is said to be', { skip }, async (t) => {
  let located = 0
  for (const file of names.filter((name) => /online-boutique.*\.yaml$/.test(name))) {
    const lines = readFileSync(`${corpora}/${file}`, 'utf8').split('\n')
    for (const document of readDocuments(file, readFileSync(`${corpora}/${file}`)).documents) {
      for (const { pointer, value } of leaves(document.data)) {
        const { line, column } = document.locate(pointer)
        const rest = lines[line - 1]?.slice(column - 1) ?? ''
        assert.ok(
          /^[|>&*]/.test(rest) || rest.replace(/^["']/, '').startsWith(text(value).split('\n', 1)[0] ?? ''),
          `${file}:${line}:${column} ${pointer.join('.')}`,
        )
        located++
      }
    }
  }
  t.ok(located > 500, `${located} leaves`)
})

function asJson(document: Document): unknown {
  return JSON.parse(toJson(document.data))
}

function leaves(value: Data, pointer: readonly string[] = []): readonly { pointer: readonly string[]; value: Data }[] {
  if (isDataList(value)) return value.flatMap((element, index) => leaves(element, [...pointer, String(index)]))
  if (isDataObject(value))
    return Object.entries(value).flatMap(([label, member]) => leaves(member, [...pointer, label]))
  return value === null ? [] : [{ pointer, value }]
}

/** A scalar as it stands in a file. */
function text(value: Data): string {
  return typeof value === 'string' ? value : toJson(value)
}
