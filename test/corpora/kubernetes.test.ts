import { existsSync, readFileSync, readdirSync } from 'node:fs'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { projectKubernetes, type Projected } from '../../src/kubernetes/project.ts'
import { canonicalQuantity } from '../../src/kubernetes/quantity.ts'
import { isDataObject, type Data } from '../../src/model/data.ts'
import type { Document } from '../../src/model/document.ts'
import { valueAt } from '../support/document.ts'

const corpora = '../shared/corpora'
const skip = existsSync(corpora) ? false : `${corpora} is not here: real manifests were NOT read`
const texts = new Map<string, readonly string[]>()

function read(folder: string): readonly Document[] {
  const names = readdirSync(`${corpora}/${folder}`, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /\.(ya?ml|json)$/.test(name) && !/^(index|checks)\.json$/.test(name)).sort()
  return files.flatMap((name) => {
    const bytes = readFileSync(`${corpora}/${folder}/${name}`)
    texts.set(name, bytes.toString().split('\n'))
    const { documents, unreadable } = readDocuments(name, bytes, { yaml: '1.1', duplicateKeys: 'last' })
    if (unreadable.length > 0) throw new Error(JSON.stringify(unreadable))
    return documents
  })
}

/** Every scalar of data, with its path. */
function scalars(
  data: Data | undefined,
  path: readonly string[] = [],
): readonly (readonly [readonly string[], Data])[] {
  if (data === undefined) return []
  if (!Array.isArray(data) && !isDataObject(data)) return [[path, data]]
  return Object.entries(data).flatMap(([label, inner]) => scalars(inner, [...path, label]))
}

const bookkeeping =
  /^(items \d+ )?metadata (managedFields|resourceVersion|annotations kubectl\.kubernetes\.io\/last-applied-configuration)\b/
const ofList = /^(apiVersion|kind|metadata \S+)$/

/** Scalars that are to be in the tree: not null, not a server's bookkeeping, not a list's own. */
function expected({ data }: Document): readonly (readonly string[])[] {
  const list = isDataObject(data) && Array.isArray(data['items'])
  const kept = scalars(data).filter(([path, value]) => value !== null && !bookkeeping.test(path.join(' ')))
  return kept.map(([path]) => path).filter((path) => !(list && ofList.test(path.join(' '))))
}

function placeOf({ file, index }: Document, pointer: readonly string[]): string {
  return `${file} ${index} ${pointer.join('/')}`
}

/** Whether the text at the place of a value begins as the value does; block scalars and numbers in other notation pass. */
function standsThere({ file }: Document, { line, column }: { line: number; column: number }, value: Data): boolean {
  const text = texts.get(file)?.[line - 1]?.slice(column - 1) ?? ''
  const [start = ''] = /^[\w./:-]{0,12}/.exec(typeof value === 'string' ? value : toJson(value)) ?? []
  return /^[|>]/.test(text) || text.replace(/^["']/, '').startsWith(start)
}

interface RoundTrip {
  readonly values: number
  /** Values that lead back to something else, to another line, or to a place that another one leads to. */
  readonly wrong: readonly string[]
  /** Scalars of the documents that nothing in the tree leads back to. */
  readonly lost: readonly string[]
}

function roundTrip(projected: Projected, documents: readonly Document[]): RoundTrip {
  const masked = new Set(projected.masked.map((path) => path.join('/')))
  const reached = new Set<string>()
  const wrong: string[] = []
  for (const [path, value] of scalars(projected.state)) {
    const origin = projected.origin(path)
    const written = origin && valueAt(origin.document.data, origin.pointer)
    const place = origin && placeOf(origin.document, origin.pointer)
    const same =
      written === value ||
      (written !== undefined && (canonicalQuantity(written) === value || masked.has(path.join('/'))))
    const there = origin && standsThere(origin.document, origin.document.locate(origin.pointer), written ?? null)
    if (place === undefined || !same || !there || reached.has(place)) wrong.push(path.join('/'))
    else reached.add(place)
  }
  const places = documents.flatMap((document) => expected(document).map((path) => placeOf(document, path)))
  return { values: reached.size, wrong, lost: places.filter((place) => !reached.has(place)) }
}

for (const [folder, objects, values] of [
  ['online-boutique', 35, 540],
  ['kube-prometheus', 120, 3600],
] as const) {
  for (const lists of ['keyed', 'plain'] as const) {
    t.test(`${folder}, lists ${lists}: complete, and every value leads back to its line`, { skip }, async (t) => {
      const documents = read(folder).filter(({ file }) => !file.endsWith('kustomization.yaml'))
      const projected = projectKubernetes(documents, { lists })
      t.equal(projected.objectPaths.length, objects)
      t.strictSame([projected.unreadable, projected.notes], [[], []])
      const trip = roundTrip(projected, documents)
      t.ok(trip.values > values, `${trip.values} values`)
      t.strictSame([trip.wrong, trip.lost], [[], []])
    })
  }
}

for (const [folder, files] of [
  ['argocd-live-pairs', 45],
  ['pod-security', 148],
] as const) {
  t.test(`${folder}: each file on its own`, { skip }, async (t) => {
    const documents = read(folder)
    t.ok(documents.length >= files - 10, `${documents.length} documents`)
    for (const document of documents) {
      const projected = projectKubernetes([document], { lists: 'keyed' })
      const trip = roundTrip(projected, [document])
      t.strictSame([projected.unreadable, trip.wrong, trip.lost], [[], [], []], document.file)
    }
  })
}

t.test('nothing of a Secret is left in the tree', { skip }, async (t) => {
  const documents = read('kube-prometheus')
  const { state, masked } = projectKubernetes(documents, { lists: 'keyed' })
  t.strictSame(
    masked.map((path) => path.slice(2).join(' ')),
    [
      'Secret alertmanager-main data alertmanager.yaml',
      'Secret grafana-config data grafana.ini',
      'Secret grafana-datasources data datasources.yaml',
    ],
  )
  const secrets = documents.filter(({ data }) => isDataObject(data) && data['kind'] === 'Secret')
  const values = secrets.flatMap(({ data }) => scalars(valueAt(data, ['stringData'])).map(([, value]) => toJson(value)))
  t.equal(values.length, 3)
  const text = JSON.stringify(state)
  for (const value of values) t.notOk(text.includes(value.slice(1, -1)))
})

t.test('YAML is read as Kubernetes reads it', async (t) => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  mode: 0644\n  on: yes\n  mode: 0600\n'
  const { documents, notes } = readDocuments('c.yaml', Buffer.from(text), { yaml: '1.1', duplicateKeys: 'last' })
  const { state } = projectKubernetes(documents, { lists: 'keyed' })
  t.equal(valueAt(state, ['namespaces', 'default', 'ConfigMap', 'c', 'data', 'mode']), 384)
  t.match(notes, [{ line: 7 }], 'the last of two keys counts, with a note')
})
