import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { toJson } from '../../src/document/to-json.ts'
import { yamlData } from '../../src/document/yaml-data.ts'
import { parseYaml } from '../../src/document/yaml-parse.ts'
import { yamlPlaces } from '../../src/document/yaml-places.ts'
import { quickPlaces } from '../../src/document/yaml-quick-places.ts'
import { quickYaml } from '../../src/document/yaml-quick.ts'
import type { Data } from '../../src/model/data.ts'
import { changed, documentTexts, written } from '../support/yaml-texts.ts'

const versions = ['1.2', '1.1'] as const
const real = documentTexts(['../shared/corpora', 'examples'])
const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 3000)

/** What the careful reader has to say: its data, if it has nothing else to say. */
function careful(text: string, version: '1.2' | '1.1') {
  const tree = parseYaml(text, version)
  if (!tree.ok) return { says: tree.message }
  const value = yamlData(tree)
  if (!value.ok) return { says: value.message }
  if (value.remarks.length > 0) return { says: value.remarks }
  return { says: { data: value.data, json: toJson(value.data) }, places: yamlPlaces(tree) }
}

/** Whether the quick reader read a text; then it has to agree with the careful one, about places too. */
function agrees(text: string, version: '1.2' | '1.1'): boolean {
  const data = quickYaml(text, version)
  if (data === undefined) return false
  const { says, places } = careful(text, version)
  assert.deepStrictEqual({ data, json: toJson(data) }, says)
  const quick = quickPlaces(text, version)
  if (!quick || !places) return true
  for (const pointer of pointers(data)) {
    for (const target of ['value', 'key'] as const)
      assert.equal(quick(pointer, target), places(pointer, target), `${target} of ${pointer.join('/')}`)
  }
  return true
}

/** The pointer of every value, and of nothing below each. */
function pointers(value: Data, above: readonly string[] = []): readonly (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [above, [...above, 'none'], ...members.flatMap(([label, member]) => pointers(member, [...above, label]))]
}

t.test('real documents are read quickly, as the careful reader reads them', async (t) => {
  for (const version of versions) {
    const quick = real.filter((text) => agrees(text, version))
    t.ok(quick.length > 0.8 * real.length, `${version}: ${quick.length} of ${real.length}`)
  }
})

t.test('written in whatever style, data is read as the careful reader reads it or left to it', async (t) => {
  let quick = 0
  fc.assert(
    fc.property(written, fc.constantFrom(...versions), (text, version) => {
      if (agrees(text, version)) quick++
    }),
    { numRuns: runs },
  )
  t.ok(quick > runs / 50, `${quick} of ${runs} quickly`)
})

t.test('text that is nearly YAML is read as the careful reader reads it or left to it', async (t) => {
  let quick = 0
  const short = real.filter((text) => text.length < 1500)
  const texts = short.length > 0 ? fc.oneof(fc.constantFrom(...short), written) : written
  fc.assert(
    fc.property(changed(texts), fc.constantFrom(...versions), (text, version) => {
      if (agrees(text, version)) quick++
    }),
    { numRuns: runs },
  )
  t.ok(quick > runs / 50, `${quick} of ${runs} quickly`)
})
