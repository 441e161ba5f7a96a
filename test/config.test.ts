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

t.test('a server to ask, and the token for it', async (t) => {
  const env = {
    CONGRUENT_SERVER: 'http://localhost:8080',
    CONGRUENT_TOKEN: 'cgt_x',
    CONGRUENT_BASE_URL: 'https://pages.example',
  }
  t.match(readConfig(env, auto, pipe), {
    server: 'http://localhost:8080',
    token: 'cgt_x',
    baseUrl: 'https://pages.example',
  })
  t.notOk('server' in readConfig({ CONGRUENT_SERVER: '', CONGRUENT_TOKEN: '' }, auto, pipe))
})

t.test('results are kept where the system keeps what can be made again', async (t) => {
  const cache = (env: Record<string, string>, platform: NodeJS.Platform, noCache = false): string | undefined =>
    readConfig(env, { ...auto, noCache }, pipe, platform).cache
  t.equal(cache({ HOME: '/home/x' }, 'linux'), '/home/x/.cache/congruent')
  t.equal(cache({ HOME: '/home/x', XDG_CACHE_HOME: '/var/x' }, 'linux'), '/var/x/congruent')
  t.equal(
    cache({ HOME: '/home/x', XDG_CACHE_HOME: 'x' }, 'linux'),
    '/home/x/.cache/congruent',
    'a relative one counts not',
  )
  t.equal(cache({ HOME: '/Users/x', XDG_CACHE_HOME: '/y' }, 'darwin'), '/Users/x/Library/Caches/congruent')
  t.equal(cache({ LOCALAPPDATA: 'C:\\Users\\x', HOME: '/x' }, 'win32'), 'C:\\Users\\x\\congruent')
  t.equal(cache({ HOME: '/home/x', CONGRUENT_CACHE: '/elsewhere' }, 'linux'), '/elsewhere')
  t.equal(cache({ HOME: '/home/x', CONGRUENT_CACHE: '' }, 'linux'), '/home/x/.cache/congruent')
  t.equal(cache({}, 'linux'), undefined)
  t.equal(cache({ HOME: '' }, 'darwin'), undefined)
  t.equal(cache({ HOME: '/home/x' }, 'linux', true), undefined)
})
