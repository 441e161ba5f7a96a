import t from 'tap'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { heading, settled } from '../support/pages.ts'
import { pathProxy } from '../support/path-proxy.ts'
import { startReplica, type Replica } from '../support/replica.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const proxy = await pathProxy(t, '/deep/path')
const data = `${t.testdir()}/kept`
const token: { secret?: string } = {}
let server: Replica | undefined
t.teardown(() => server?.kill())

async function start(): Promise<void> {
  server = startReplica('serve', { data }, ['--base-url', proxy.address, '--processes', '2'])
  proxy.to(await server.ready)
}

async function ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
  const { secret } = token
  const answer = await fetch(`${proxy.address}/v1${path}`, {
    method,
    headers: {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
  return (await answer.json()) as T
}

function fragments(replicas: string): { readonly files: object } {
  return { files: { 'web/web.cue': `package web\n\nservices: [string]: replicas: ${replicas}\n` } }
}

/** A workspace with something wrong and a proposal, on a server that wants to know who asks. */
async function seeded(): Promise<string> {
  const made = await ask<{ secret: string }>('POST', '/tokens', { name: 'ana', scopes: ['admin:*'] })
  token.secret = made.secret
  const document = { workspace: 'shop', teams: { web: { fragments: ['./web'] } }, environments: { prod: {} } }
  await ask('PUT', '/workspaces/shop', document)
  await ask('PUT', '/workspaces/shop/teams/web/fragments', fragments('>=2'))
  await ask('POST', '/workspaces/shop/snapshots?environment=prod', {
    snapshot: 1,
    observer: 'agent',
    sequence: 1,
    observedAt: '2026-05-01T12:00:00Z',
    state: { services: { cart: { replicas: 1 } } },
  })
  const proposed = { team: 'web', title: 'Three of everything', ...fragments('>=3') }
  const { proposal } = await ask<{ proposal: string }>('POST', '/workspaces/shop/proposals', proposed)
  const isOpen = async (): Promise<boolean> =>
    (await ask<{ ways: readonly string[] }>('GET', '/session')).ways.length === 0
  while (await isOpen()) await new Promise((resolve) => setTimeout(resolve, 250))
  return proposal
}

t.test('below a path of a proxy and behind processes: signed in, live, through a restart, and out', async (t) => {
  await start()
  const proposal = await seeded()
  const browser = await openBrowser(t)
  const { page } = await openPage(browser, new Date())
  const review = `${proxy.address}/w/shop/review/${proposal}`

  await page.goto(review)
  await page.locator('#token').fill(token.secret ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(review)
  await settled(page)
  t.equal(await heading(page), 'Three of everything')
  const cookies = await page.context().cookies()
  t.match(cookies, [{ name: 'congruent-session', path: '/deep/path', httpOnly: true, sameSite: 'Strict' }])

  await page.locator('.live:not(.lost)').waitFor()
  await ask('PUT', '/workspaces/shop/teams/web/fragments', fragments('>=1'))
  await page.locator('.news button', { hasText: 'Show what is new' }).click()

  const words = page.locator('.decision textarea')
  const objecting = page.locator('.decision button', { hasText: 'Object' })
  await words.fill('not before May')
  await server?.end()
  await page.locator('.live.lost', { hasText: 'not connected; trying again' }).waitFor()
  await objecting.click()
  const refusal = page.locator('.decision .refusal')
  await refusal.filter({ hasText: 'the server answered with 502' }).waitFor()
  t.match(await refusal.textContent(), /What you wrote is still here/)
  await page.reload()
  t.match(await page.content(), /502 Bad Gateway/)
  await start()
  await page.reload()
  await settled(page)
  t.equal(await words.inputValue(), 'not before May', 'nothing typed is lost, and the session holds')
  await page.locator('.live:not(.lost)').waitFor()
  await objecting.click()
  await page.locator('.approvals q', { hasText: 'not before May' }).waitFor()

  await page.context().setOffline(true)
  await page.locator('nav a', { hasText: 'Findings' }).click()
  await page.locator('.failure', { hasText: 'this device is offline' }).waitFor()
  await page.context().setOffline(false)
  await page.locator('.failure button').first().click()
  await page.waitForURL(`${proxy.address}/w/shop/findings`)
  await settled(page)

  await page.locator('button.reader').click()
  await page.locator('#reader button').click()
  await page.waitForURL(`${proxy.address}/signin?to=**`)
  t.same(await page.context().cookies(), [])
  const outside = new Set(proxy.outside)
  // Asked for by the browser itself, of the page that the proxy shows.
  outside.delete('/favicon.ico')
  t.same([...outside], [], 'everything that was asked lies below the path')
})
