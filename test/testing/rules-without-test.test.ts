import t from 'tap'
import { rulesWithoutTest } from '../../src/testing/rules-without-test.ts'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'

t.test('a rule is expected by its id or a glob; a file with mistakes expects nothing', async (t) => {
  const files = {
    'congruent.yaml': 'workspace: plant\nteams: { sre: { fragments: [] } }\n',
    'a/ha.test.yaml': 'cases: [{ name: a, expect: [{ rule: HA-1 }, { path: x }] }, { name: b, expect: conforms }]',
    'net.test.json': '{"cases": [{"name": "a", "expect": {"findings": [{"rule": "NET-*"}], "also": "any"}}]}',
    'bad.test.yaml': 'cases: [{ name: a, expect: [{ rule: SEC-1, pth: x }] }]',
  }
  const source = bundleSource('plant', new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))
  const rules = ['HA-1', 'HA-2', 'NET-1', 'SEC-1'].map((id) => ({ id }))
  const workspace = { source, read: await readWorkspace(source) }
  t.same(await rulesWithoutTest(workspace, rules), [{ id: 'HA-2' }, { id: 'SEC-1' }])
  const untested = bundleSource('plant', new Map([['congruent.yaml', Buffer.from(files['congruent.yaml'])]]))
  t.equal(await rulesWithoutTest({ ...workspace, source: untested }, rules), undefined, 'there are no tests')
})
