import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: createCueGo() })
t.teardown(() => congruent.close())

async function settlingOf(files: Record<string, string>, path: readonly string[]) {
  const { explanation } = await congruent.explain({ source: memorySource(files), path })
  return explanation.settling
}

const workspace = `workspace: w
teams:
  a: { fragments: [./a], contact: '#a' }
  b: { fragments: [./b], owns: [size] }
  c: { fragments: [./c.yaml], contact: c@example.org }
`

t.test('each smallest set of fragments that conflicts is told, and all teams are called', async (t) => {
  const files = {
    'congruent.yaml': workspace,
    'a/a.cue': 'package a\nsize: >=3\n',
    'b/b.cue': 'package b\nsize: <=2\nname: string\n',
    'c.yaml': 'size: 1\n',
  }
  t.strictSame(await settlingOf(files, ['size']), [
    {
      path: ['size'],
      at: 'size',
      rule: 'a:size',
      enough: [
        [
          { team: 'a', fragment: './a' },
          { team: 'b', fragment: './b' },
        ],
        [
          { team: 'a', fragment: './a' },
          { team: 'c', fragment: './c.yaml' },
        ],
      ],
      call: [{ team: 'a', contact: '#a' }, { team: 'b' }, { team: 'c', contact: 'c@example.org' }],
    },
  ])
})

t.test('a fragment that conflicts in itself is enough alone', async (t) => {
  const files = {
    'congruent.yaml': workspace,
    'a/a.cue': 'package a\nsize: 1\nsize: 2\n',
    'b/b.cue': 'package b\nsize: int\n',
    'c.yaml': 'name: x\n',
  }
  const [settling] = (await settlingOf(files, ['size'])) ?? []
  t.strictSame(settling?.enough, [[{ team: 'a', fragment: './a' }]])
})

t.test('three that only together conflict are one set', async (t) => {
  const files = {
    'congruent.yaml': workspace,
    'a/a.cue': 'package a\nsize: 1 | 2\n',
    'b/b.cue': 'package b\nsize: 2 | 3\n',
    'c.yaml': 'size: 4\n',
  }
  const [settling] = (await settlingOf(files, ['size'])) ?? []
  t.ok(settling !== undefined && settling.enough.length > 0, 'sets are found')
  t.ok(
    settling?.call.some(({ team }) => team === 'b'),
    'the owner is called',
  )
})

t.test('without a conflict nothing is to be settled', async (t) => {
  const files = {
    'congruent.yaml': workspace,
    'a/a.cue': 'package a\nsize: 1\n',
    'b/b.cue': 'package b\n',
    'c.yaml': '{}\n',
  }
  t.equal(await settlingOf(files, ['size']), undefined)
})
