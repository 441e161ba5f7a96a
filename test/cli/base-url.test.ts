import t from 'tap'
import { baseUrlOf, findingPagesBelow } from '../../src/cli/base-url.ts'
import { readConfig } from '../../src/config.ts'

const one = { fingerprint: 'f'.repeat(32), environment: 'prod' }

/** What is said where the environment has these variables. */
function asked(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = {},
): string | undefined {
  const config = readConfig(env, { color: 'auto', quiet: false }, { stdout: {}, stderr: {} })
  return baseUrlOf({ config }, flags)
}

t.test('where the pages are: the command line, the environment, the server that is asked', async (t) => {
  const env = { CONGRUENT_BASE_URL: 'https://env.example/', CONGRUENT_SERVER: 'http://server.example' }
  t.equal(asked({ baseUrl: 'https://flag.example' }, env), 'https://flag.example')
  t.equal(asked({}, env), 'https://env.example')
  t.equal(asked({ server: 'http://127.0.0.1:8787/' }), 'http://127.0.0.1:8787')
  t.equal(asked({ stored: 'shop' }, { CONGRUENT_SERVER: 'http://server.example' }), 'http://server.example')
  t.equal(asked({}, { CONGRUENT_SERVER: 'http://server.example' }), undefined, 'nothing is asked of it')
  t.throws(() => asked({ baseUrl: 'shop' }), { code: 'USAGE', message: /^`--base-url shop` is no address of pages/ })
  t.throws(() => asked({}, { CONGRUENT_BASE_URL: 'x:' }), { message: /^`CONGRUENT_BASE_URL=x:` is no address/ })
})

t.test("a workspace is known by its own file's name, unless the address says another", async (t) => {
  t.same(findingPagesBelow(undefined, 'shop'), {})
  const page = (base: string): string | undefined => findingPagesBelow(base, 'shop').pageOf?.(one)
  t.equal(page('https://c.example/x'), `https://c.example/x/w/shop/findings/${one.fingerprint}?env=prod`)
  t.equal(
    page('https://c.example/x/w/my%20shop'),
    `https://c.example/x/w/my%20shop/findings/${one.fingerprint}?env=prod`,
  )
  t.equal(page('https://c.example/w/%'), `https://c.example/w/%25/findings/${one.fingerprint}?env=prod`)
})
