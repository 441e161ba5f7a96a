import t from 'tap'
import { deploymentsWorkspace } from '../../../bench/deployments.ts'
import { servicesWorkspace } from '../../../bench/services.ts'
import { createCongruent, createCueGo, folderSource, type Engine, type Source } from '../../../src/index.ts'
import { memorySource } from '../../support/memory-source.ts'

const workspaceOf = ({ files, observed }: ReturnType<typeof servicesWorkspace | typeof deploymentsWorkspace>): Source =>
  memorySource({ ...files, [observed.file]: observed.text })

const sources: Readonly<Record<string, Source>> = {
  deployments: workspaceOf(deploymentsWorkspace(200)),
  services: workspaceOf(servicesWorkspace(100)),
  shop: folderSource('examples/shop'),
  boutique: folderSource('examples/boutique'),
}

t.test('real workspaces are checked in parts as they are as a whole', async (t) => {
  const engine = createCueGo({ size: 1 })
  let parts = 0
  const counting: Engine = {
    ...engine,
    check: (request, options) => {
      if (request.restriction !== undefined) parts++
      return engine.check(request, options)
    },
  }
  const congruent = createCongruent({ engine: counting, fewest: 0 })
  t.teardown(() => congruent.close())
  const now = new Date('2026-03-01T12:00:00Z')
  for (const [name, source] of Object.entries(sources)) {
    const whole = await congruent.check({ source, now, whole: true })
    for (const time of ['first', 'again']) {
      const divided = await congruent.check({ source, now })
      t.same(divided.report, whole.report, `${name}, ${time}`)
    }
  }
  t.ok(parts > 0, 'something was divided')
})
