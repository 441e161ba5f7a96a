import t from 'tap'
import type { Exemption } from '../../src/model/exemption.ts'
import { exemptionChanges } from '../../src/review/exemption-changes.ts'

const everywhere: Exemption = {
  id: 'EX-1',
  rule: 'HA-*',
  path: 'services.web',
  owner: 'web',
  reason: 'moves in May',
  expires: '2026-06-01',
}
const one: Exemption = { ...everywhere, environments: ['dev'] }

t.test('exemptions come and go by their ids', async (t) => {
  const other = { ...one, id: 'EX-2' }
  t.same(exemptionChanges([one], [other]), { added: [other], removed: [one], widened: [], narrowed: [] })
  const none = { added: [], removed: [], widened: [], narrowed: [] }
  t.same(exemptionChanges([one], [{ ...one, reason: 'moves in June', owner: 'sre' }]), none, 'other words')
})

t.test('an exemption that excuses more is widened, one that excuses less is narrowed', async (t) => {
  const wider: readonly Exemption[] = [
    { ...one, rule: '*' },
    { ...one, rule: 'H*-*' },
    { ...one, path: 'services.*' },
    { ...one, path: 'services' },
    { ...one, environments: ['dev', 'prod'] },
    everywhere,
    { ...one, expires: '2027-01-01' },
  ]
  for (const after of wider) {
    t.same(exemptionChanges([one], [after]), {
      added: [],
      removed: [],
      widened: [{ before: one, after }],
      narrowed: [],
    })
    t.same(exemptionChanges([after], [one]), {
      added: [],
      removed: [],
      widened: [],
      narrowed: [{ before: after, after: one }],
    })
  }
  const elsewhere = { ...one, path: 'services.api', expires: '2026-01-01' }
  t.match(
    exemptionChanges([one], [elsewhere]),
    { widened: [{ after: elsewhere }], narrowed: [] },
    'what it did not excuse',
  )
  const rules = exemptionChanges([{ ...one, rule: 'HA-1' }], [{ ...one, rule: 'HA-2' }])
  t.match(rules, { widened: [{}] }, 'another rule')
})
