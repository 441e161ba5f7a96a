import t from 'tap'
import { createCongruent, createCueGo, formatters } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
t.teardown(() => congruent.close())

const workspace = `workspace: w
teams: { app: { fragments: [./rules, { path: ./wanted.yaml, as: kubernetes }] } }
observations: [{ files: [live.json], adapter: kubernetes }]
`
const wanted = `apiVersion: v1
kind: Secret
metadata: { name: key, namespace: shop }
stringData: { token: WANTEDSECRET }
---
apiVersion: v1
kind: Secret
metadata: { name: gone, namespace: shop }
stringData: { token: WANTEDSECRET }
`
const rules = `package rules
namespaces: shop: {
	Secret: key: data: token: "OTHERVALUE"
	Secret: key: type: "Opaque"
	ConfigMap: plain: data: mode: "on"
}
`

function secret(name: string, value: string, metadata: object = {}): object {
  const applied = { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"token":"${value}"}}` }
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'shop', annotations: applied, ...metadata },
    type: 'Other',
    data: { token: value },
  }
}

const config = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'plain', namespace: 'shop' },
  data: { mode: 'off' },
}
const controlled = secret('made', 'SECRETVALUE', { ownerReferences: [{ controller: true, uid: 'u' }] })
const cases: Readonly<Record<string, readonly object[]>> = {
  'a Secret that is looked at': [secret('key', 'SECRETVALUE'), config],
  'a Secret that a controller made': [controlled, config],
  'two different Secrets of one name': [secret('key', 'SECRETVALUE'), secret('key', 'SECRETVALUE2'), config],
}

for (const [name, items] of Object.entries(cases)) {
  for (const indent of [0, 2]) {
    t.test(`${name}, ${indent === 0 ? 'on one line' : 'on many lines'}: no report shows its value`, async (t) => {
      const live = JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, indent)
      const source = memorySource({
        'congruent.yaml': workspace,
        'wanted.yaml': wanted,
        'rules/r.cue': rules,
        'live.json': live,
      })
      const { report, quoted } = await congruent.check({ source })
      t.ok(
        report.findings.some(({ at }) => at === 'namespaces.shop.ConfigMap.plain.data.mode'),
        'the rest is judged',
      )
      const lines = await quoted()
      for (const [format, write] of Object.entries(formatters)) {
        const text = write(report, {
          lines: (file) => lines.get(file),
          colour: false,
          width: 2000,
          groupBy: 'file',
          quiet: false,
        })
        t.notMatch(text, /SECRETVALUE|WANTEDSECRET/, format)
      }
      t.notMatch(JSON.stringify(report), /SECRETVALUE|WANTEDSECRET/)
    })
  }
}
