import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { createProvider } from '../../src/http/access/oidc/provider.ts'
import type { ShownProposal } from '../../src/operations/stored/publishing/shown-proposal.ts'
import { createOutgoing } from '../../src/outgoing/outgoing.ts'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { putExampleShop } from '../support/example-shop.ts'
import { clientSecret, identityProvider } from '../support/identity-provider.ts'
import { axeFindings, heading, looksRight, settled, tooWide } from '../support/pages.ts'
import { appWithSessions, tokenFor } from '../support/signed-in.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { clock } = stored
await putExampleShop(stored)
const proposal = await propose('>=4')
const { app } = await appWithSessions(t, stored)
const ana = await tokenFor(stored, 'ana', ['read:shop', 'review:shop/payments', 'publish:shop/platform'])
const bob = await tokenFor(stored, 'bob', ['read:shop'])
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const review = `${address}/w/shop/review/${proposal}?env=prod`

/** Proposes the platform's files with more copies of everything. */
async function propose(replicas: string): Promise<string> {
  const names = readdirSync('examples/shop/platform', { recursive: true, encoding: 'utf8' })
  const files = names
    .filter((name) => name.endsWith('.cue'))
    .map((name) => [`platform/${name}`, readFileSync(`examples/shop/platform/${name}`, 'utf8')] as const)
  const payload = {
    team: 'platform',
    title: 'Four of everything',
    files: Object.fromEntries(files.map(([name, text]) => [name, text.replace('>=2', replicas)])),
  }
  const answer = await stored.app.inject({ method: 'POST', url: '/v1/workspaces/shop/proposals', payload })
  return answer.json<ShownProposal>().proposal
}

t.test('to sign in, to speak for a team through the end of a session, to adopt, to sign out', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(review)
  await page.waitForURL(/\/signin\?to=w%2Fshop%2Freview/)
  await settled(page)
  t.equal(await heading(page), 'Sign in')
  await page.locator('#token').fill('cgt_wrong')
  await page.keyboard.press('Enter')
  await page.locator('.refusal', { hasText: 'does not know this token' }).waitFor()
  await page.locator('#token').fill(ana)
  await page.keyboard.press('Enter')
  await page.waitForURL(review)
  await settled(page)
  t.equal(await heading(page), 'Four of everything')
  t.equal(await page.evaluate('document.activeElement.tagName'), 'H1')
  await page.locator('button.reader').click()
  t.match(await page.locator('#reader').textContent(), /Signed in as ana.*read shop.*approve and object for payments/)
  t.same(await axeFindings(page), [], 'who one is')
  await page.keyboard.press('Escape')

  await page.locator('.decision button', { hasText: 'Object' }).click()
  await page.locator('.decision .refusal', { hasText: 'An objection says why' }).waitFor()
  await page.locator('.decision textarea').fill('not before <b>May</b>')
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await page.locator('.decision button', { hasText: 'Object' }).click()
  await page.locator('.decision .refusal', { hasText: 'Nothing was sent' }).waitFor()
  t.match(await page.locator('.news').allTextContents(), [/You are signed out since \d\d:\d\d UTC/])
  t.equal(cookies.length, 1)
  t.equal(cookies[0]?.httpOnly, true, 'no script reads it')
  await page.locator('.news a').click()
  await page.waitForURL(/signin\?to=.*why=ended/)
  await page.locator('#token').fill(ana)
  await page.keyboard.press('Enter')
  await page.waitForURL(review)
  await settled(page)
  t.equal(await page.locator('.decision textarea').inputValue(), 'not before <b>May</b>', 'what was typed is there')
  await page.locator('.decision button', { hasText: 'Object' }).click()
  await page.locator('.approvals q', { hasText: 'not before <b>May</b>' }).waitFor()
  t.equal(await page.locator('.decision textarea').inputValue(), '', 'what was sent is not kept')
  await page.locator('.decision button', { hasText: 'Take back' }).click()
  await page.locator('.done', { hasText: 'Taken back' }).waitFor()
  await page.locator('.decision button', { hasText: 'Approve' }).click()
  await page.locator('.approvals', { hasText: 'approved by ana' }).waitFor()
  await page.route('**/approvals', (route) => route.abort())
  await page.locator('.decision textarea').fill('on second thoughts')
  await page.locator('.decision button', { hasText: 'Object' }).click()
  await page.locator('.decision .refusal', { hasText: 'nobody can say whether it arrived' }).waitFor()
  t.equal(await page.locator('.decision textarea').inputValue(), 'on second thoughts')
  await page.unroute('**/approvals')
  t.equal(await page.locator('.news', { hasText: 'Something changed' }).count(), 0, 'one’s own doing is no news')
  const said = { team: 'security', state: 'approved', words: 'as you wish' } as const
  await stored.service.approveProposal({ workspace: 'shop', proposal, ...said, asker: { by: 'eve' } })
  await page.locator('.news', { hasText: 'Something changed' }).waitFor()

  await page.locator('.adopt > button').click()
  t.match(await page.locator('.adopt dialog').textContent(), /comes into force in shop at once/)
  await page.locator('.adopt dialog .primary').click()
  await page.locator('.said', { hasText: 'Adopted in revision' }).waitFor()
  t.equal(await page.locator('.decision').count(), 0)

  await page.locator('button.reader').click()
  await page.locator('#reader button').click()
  await page.waitForURL(/signin\?.*why=out/)
  t.match(await page.locator('.lead').textContent(), /You have signed out/)
  t.same(await page.context().cookies(), [])
  t.same(
    complaints.filter((text) => !/status of 401|ERR_FAILED/.test(text)),
    [],
  )
  await page.context().close()
})

t.test('who may only read sees what is missing, and who grants it', async (t) => {
  clock.now = new Date(clock.now.getTime() + 60_000)
  const open = await propose('>=5')
  const { page } = await openPage(browser, clock.now, { viewport: { width: 375, height: 800 } })
  await page.goto(`${address}/signin?to=${encodeURIComponent('//elsewhere.example/w/shop')}`)
  await settled(page)
  await page.locator('#token').fill(bob)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${address}/`)
  await page.goto(`${address}/w/shop/review/${open}?env=prod&team=payments`)
  await settled(page)
  await page.locator('.decision').waitFor()
  t.match(
    await page.locator('.decision').textContent(),
    /review:shop\/payments is missing.*You have read:shop\..*admin:\*.*congruent token create/,
  )
  t.equal(await page.locator('.decision button[aria-disabled=true]').count(), 2)
  t.match(await page.locator('.adopt').textContent(), /publish:shop\/platform is missing/)
  t.ok((await tooWide(page)) <= 0)
  await page.goto(`${address}/w/elsewhere`)
  await page.locator('.failure', { hasText: '--scope read:elsewhere' }).waitFor()
  t.match(await page.locator('.failure').textContent(), /lacks the scope `read:elsewhere`.*You have read:shop\./)
  await page.context().close()
})

t.test('at an identity provider: to the page one wanted, and what is said where that fails', async (t) => {
  const theirs = await identityProvider(t)
  // Of another site than the provider, as in life.
  const callback = new URL('http://localhost/v1/session/oidc/callback')
  const settings = {
    issuer: new URL(theirs.issuer),
    clientId: 'congruent',
    clientSecret,
    clockSkewSeconds: 30,
    callback,
  }
  const provider = createProvider({
    settings,
    outgoing: createOutgoing({ allow: ['127.0.0.1'] }),
    clock: () => clock.now,
    random: () => randomBytes(32).toString('base64url'),
  })
  const { app } = await appWithSessions(t, stored, { provider })
  callback.port = new URL(await app.listen({ host: 'localhost', port: 0 })).port
  const deep = `${callback.origin}/w/shop/findings?env=prod&q=replicas`
  const { page } = await openPage(browser, clock.now)
  await page.goto(deep)
  const begin = page.locator('a', { hasText: 'Sign in with your organisation' })
  for (const [bent, said] of [
    [{ denies: 'access_denied' }, /You are not signed in\. Your organisation did not let you in.*request [\w-]+$/],
    [{ claims: { nonce: 'other' } }, /cannot be trusted\. Begin again/],
    [{ down: { path: '/token', status: 500 } }, /cannot be used now\. Try again in a moment, or sign in by a token/],
  ] as const) {
    theirs.bend(bent)
    await begin.click()
    await page.locator('.sign-in > .refusal').waitFor()
    t.match(await page.locator('.sign-in > .refusal').textContent(), said)
    t.match(page.url(), /\/signin\?request=.*&to=%2Fw%2Fshop%2Ffindings/)
  }
  theirs.bend({ claims: { congruent: ['read:shop'] } })
  await begin.click()
  await page.waitForURL(deep)
  await settled(page)
  t.equal(await heading(page), 'Findings')
  t.equal(await page.locator('button.reader').textContent(), 'Signed in as ada')
  t.match(await page.context().cookies(), [{ name: 'congruent-session', sameSite: 'Strict', httpOnly: true }])
  await page.context().close()
})

t.test('a browser that does not keep the session is told so', async (t) => {
  const { app } = await appWithSessions(t, stored, { pages: 'http://127.0.0.1/elsewhere' })
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${await app.listen({ host: '127.0.0.1', port: 0 })}/signin`)
  await page.locator('#token').fill(bob)
  await page.keyboard.press('Enter')
  const refusal = page.locator('.refusal', { hasText: 'this browser did not keep the session' })
  await refusal.waitFor()
  t.match(await refusal.textContent(), /the token is right.*`congruent serve --base-url` names/)
  await page.context().close()
})

t.test('in both colours and two widths', async (t) => {
  await looksRight(t, browser, clock.now, [
    `${address}/signin?why=out`,
    `${address}/signin?why=denied&request=k3Jd0aQz-4`,
  ])
})
