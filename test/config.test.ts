import t from 'tap'
import { readConfig } from '../src/config.ts'

const auto = { color: 'auto', quiet: false } as const
const terminal = { stdout: { isTTY: true, columns: 90 }, stderr: { isTTY: true } }
const pipe = { stdout: {}, stderr: {} }

t.test('colour is for terminals, unless somebody says otherwise', async (t) => {
  const colour = (
    env: Record<string, string>,
    color: 'auto' | 'always' | 'never' = 'auto',
    streams: typeof terminal | typeof pipe = terminal,
  ): boolean => readConfig(env, { color, quiet: false }, streams).colour
  t.ok(colour({}))
  t.notOk(colour({}, 'auto', pipe))
  t.notOk(colour({ NO_COLOR: '1' }))
  t.ok(colour({ NO_COLOR: '' }))
  t.notOk(colour({ TERM: 'dumb' }))
  t.ok(colour({ FORCE_COLOR: '1' }, 'auto', pipe))
  t.notOk(colour({ FORCE_COLOR: '0' }))
  t.notOk(colour({ FORCE_COLOR: '1', NO_COLOR: '1' }))
  t.ok(colour({ NO_COLOR: '1' }, 'always', pipe))
  t.notOk(colour({ FORCE_COLOR: '1' }, 'never'))
})

t.test('the width is the terminal’s, or one that reads well', async (t) => {
  t.equal(readConfig({}, auto, terminal).width, 90)
  t.equal(readConfig({}, auto, pipe).width, 120)
  t.equal(readConfig({}, auto, { stdout: { columns: 3 }, stderr: {} }).width, 40)
})

t.test('progress is for terminals, and not for the quiet', async (t) => {
  t.ok(readConfig({}, auto, terminal).progress)
  t.notOk(readConfig({}, auto, pipe).progress)
  t.notOk(readConfig({}, { color: 'auto', quiet: true }, terminal).progress)
  t.notOk(readConfig({ TERM: 'dumb' }, auto, terminal).progress)
})
