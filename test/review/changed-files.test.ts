import t from 'tap'
import type { Fragments } from '../../src/engine/protocol.ts'
import type { Change, ReviewedEnvironment } from '../../src/model/review.ts'
import { changedFiles } from '../../src/review/changed-files.ts'

function fragments(texts: Readonly<Record<string, string>>, json = '{}'): Fragments {
  return {
    files: Object.entries(texts).map(([name, text]) => ({ name, text })),
    parts: [
      { kind: 'package', team: 'sre', dir: 'sre' },
      { kind: 'data', team: 'sre', file: 'sre/x.yaml', json },
    ],
    tags: {},
    limits: [],
  }
}

const nothing: ReviewedEnvironment = {
  name: 'prod',
  snapshots: [],
  changes: [],
  conflicts: { new: [], resolved: [] },
  findings: { new: [], resolved: [], changed: [], renamed: [] },
}
const rules = { added: [], removed: [], severity: [] }

t.test('files that differ, and those of them in which nothing stands that is told', async (t) => {
  const before = [fragments({ 'sre/a.cue': 'a: <3', 'sre/b.cue': 'b: 1', 'sre/same.cue': 'c: 1' })]
  const after = [fragments({ 'sre/a.cue': 'a: <2', 'sre/moved.cue': 'b: 1', 'sre/same.cue': 'c: 1' }, '{"d":1}')]
  t.same(changedFiles(before, after, { environments: [nothing], rules }), { changed: 4, silent: 4 })
  const change: Change = {
    at: 'a',
    path: ['a'],
    change: 'tighter',
    side: 'head',
    conjuncts: [{ team: 'sre', file: 'sre/a.cue', line: 1, column: 4 }],
    teams: ['sre'],
  }
  const told = { environments: [{ ...nothing, changes: [change] }], rules }
  t.same(changedFiles(before, after, told), { changed: 4, silent: 3 })
  t.same(changedFiles(before, before, told), { changed: 0, silent: 0 })
})
