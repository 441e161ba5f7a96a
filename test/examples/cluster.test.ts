import t from 'tap'
import { createCongruent, createCueGo, folderSource } from '../../src/index.ts'

t.test('packs with parameters, a rule that is off, and an exemption', async (t) => {
  const congruent = createCongruent({ engine: createCueGo(), clock: () => new Date(0) })
  t.teardown(() => congruent.close())
  const { report } = await congruent.check({ source: folderSource('examples/cluster'), environments: ['prod'] })
  t.equal(report.verdict, 'violates')
  t.strictSame(
    report.findings.map(({ rule, path, owner, exempted }) => `${owner} ${path[3]} ${rule.id} ${exempted?.id ?? ''}`),
    ['web cache replicas WEB-4', 'web web image-registry ', 'web web allowPrivilegeEscalation '],
  )
})
