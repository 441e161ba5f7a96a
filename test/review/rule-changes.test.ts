import t from 'tap'
import type { ListedRule, RuleSeverities } from '../../src/model/listed-rule.ts'
import { ruleChanges } from '../../src/review/rule-changes.ts'

const loud: RuleSeverities = { ci: 'error', api: 'error', admission: 'error' }

function rule(id: string, severity: Partial<RuleSeverities> = {}, given: Partial<ListedRule> = {}): ListedRule {
  return { id, team: 'sre', explicit: true, severity: { ...loud, ...severity }, sites: [], ...given }
}

t.test('rules that come and go, with the environments in which they do', async (t) => {
  const both = (environment: string) => ({ environment, before: [rule('A'), rule('B')], after: [rule('B'), rule('C')] })
  t.match(ruleChanges([both('dev'), both('prod')]), {
    added: [{ id: 'C', team: 'sre', environments: ['dev', 'prod'] }],
    removed: [{ id: 'A', environments: ['dev', 'prod'] }],
    severity: [],
  })
  t.match(
    ruleChanges([{ environment: 'prod', before: [rule('A')], after: [rule('A', {}, { team: 'web' })] }]),
    { added: [{ id: 'A', team: 'web' }], removed: [{ id: 'A', team: 'sre' }] },
    'another team that states it is another rule',
  )
  t.match(
    ruleChanges([{ environment: 'prod', before: [], after: [rule('sre:services.[]', {}, { explicit: false })] }]),
    { added: [] },
    'a constraint without a name is told as a constraint',
  )
})

t.test('another severity, by the entries for which it changes; those that become quieter first', async (t) => {
  const before = [rule('A', { api: 'info' }), rule('B', { ci: 'warning' }), rule('C', { ci: 'off' })]
  const after = [rule('A', { ci: 'warning', api: 'info', admission: 'warning' }), rule('B'), rule('C')]
  const changed = (environment: string) => ({ environment, before, after })
  t.same(
    ruleChanges([changed('dev'), changed('prod')]).severity.map(({ rule, ...change }) => [
      rule.id,
      rule.environments,
      change,
    ]),
    [
      ['A', ['dev', 'prod'], { entries: ['ci', 'admission'], before: 'error', after: 'warning', lowered: true }],
      ['B', ['dev', 'prod'], { entries: ['ci'], before: 'warning', after: 'error', lowered: false }],
      ['C', ['dev', 'prod'], { entries: ['ci'], before: 'off', after: 'error', lowered: false }],
    ],
  )
  const other = { environment: 'prod', before: [rule('A')], after: [rule('A', { ci: 'info', api: 'off' })] }
  t.match(ruleChanges([{ environment: 'dev', before: [rule('A')], after: [rule('A')] }, other]).severity, [
    { rule: { environments: ['prod'] }, entries: ['ci'], after: 'info' },
    { rule: { environments: ['prod'] }, entries: ['api'], after: 'off', lowered: true },
  ])
})
