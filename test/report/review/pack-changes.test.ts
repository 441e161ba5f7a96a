import t from 'tap'
import type { Change } from '../../../src/model/review.ts'
import { sortedChanges } from '../../../src/report/review/pack-changes.ts'

const change = (kind: Change['change'], files: readonly string[], hits?: number) => ({
  environments: ['prod'],
  one: {
    at: 'a',
    path: ['a'],
    change: kind,
    side: 'head',
    teams: ['platform'],
    conjuncts: files.map((file) => ({ team: 'platform', file, line: 1, column: 1 })),
    ...(hits === undefined ? {} : { hits }),
  } as const satisfies Change,
})

t.test('what stands in one pack alone is counted, and what anybody wrote is told', async (t) => {
  const [mine, nobodys] = [change('tighter', ['web/a.cue']), change('unordered', [])]
  const both = change('changed', ['pack:compose/a.cue', 'web/a.cue'])
  const { own, packs } = sortedChanges([
    change('added', ['pack:kubernetes/pod-security/a.cue', 'pack:kubernetes/pod-security/b.cue'], 2),
    mine,
    change('tighter', ['pack:kubernetes/pod-security/a.cue'], 0),
    both,
    change('added', ['pack:kubernetes/pod-security/a.cue']),
    nobodys,
    change('looser', ['pack:compose/compose.cue']),
  ])
  t.strictSame(own, [mine, both, nobodys])
  t.strictSame(packs, [
    {
      pack: 'kubernetes/pod-security',
      words: '3 constraints follow: 2 added, 1 tighter; something is newly found at 1 of them',
    },
    { pack: 'compose', words: '1 constraint follows: 1 looser' },
  ])
})
