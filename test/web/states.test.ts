import { pathToFileURL } from 'node:url'
import type { Route } from 'playwright-core'
import t from 'tap'
import { formatters } from '../../src/report/formatters.ts'
import { everything, options } from '../report/formatters/everything.ts'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { putExampleShop } from '../support/example-shop.ts'
import { axeFindings, heading, looksRight, settled, tooWide } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { app, clock, service } = stored
await putExampleShop(stored)
const yaml = { 'content-type': 'application/yaml' }
const nothing = 'workspace: empty\nteams: { web: { fragments: [./web] } }\nenvironments: { dev: {}, prod: {} }\n'
await app.inject({ method: 'PUT', url: '/v1/workspaces/empty', headers: yaml, payload: nothing })
for (const environment of ['dev', 'prod']) await service.makeCheck({ workspace: 'empty', environment })
for (const environment of ['dev', 'broken']) await service.makeCheck({ workspace: 'shop', environment })
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const shop = `${address}/w/shop`

/** Where the finding of a kind at a path is shown. */
async function findingAt(kind: string, at: string, environment = 'prod'): Promise<string> {
  const answer = await app.inject(`/v1/workspaces/shop/findings?environment=${environment}&limit=100`)
  const { items }: { items: readonly { fingerprint: string; kind: string; at: string }[] } = answer.json()
  const found = items.find((one) => one.kind === kind && one.at === at)
  return `${shop}/findings/${found?.fingerprint ?? ''}?env=${environment}`
}

t.test('what to do about a finding: to fix it, to decide it, to settle it', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(await findingAt('mismatch', 'services.catalog.replicas'))
  await settled(page)
  t.equal(await page.locator('.lead').textContent(), 'It is 1. HA-1 wants >=2.')
  await page.locator('.t-k').first().waitFor()
  t.match(await page.locator('.frame .hit').first().textContent(), 'replicas: >=2', 'colours change no text')
  t.match(await page.locator('.steps').textContent(), /What all constraints together allow: .*>=2.*Or ask platform/)
  await page.locator('.steps button').first().click()
  t.same(await axeFindings(page), [], 'the text of an exemption')
  t.match(await page.locator('dialog[open] pre').textContent(), /rule: HA-1\n {4}path: services.catalog.replicas/)
  await page.keyboard.press('Escape')

  await page.goto(await findingAt('contested', 'services.checkout.replicas'))
  await settled(page)
  t.match(await page.locator('.lead').textContent(), /^Nobody is right yet\./)
  t.equal(await page.locator('#h-do').textContent(), 'How to decide it')
  t.equal(await page.locator('.frame.maybe').count(), 2, 'both observers, in amber')

  await page.goto(await findingAt('conflict', 'services.checkout.replicas', 'broken'))
  await settled(page)
  t.match(await page.locator('.lead').textContent(), /^No snapshot can ever conform\./)
  t.ok((await page.locator('.frame.clash').count()) >= 2, 'all frames under what is wanted')
  t.match(await page.locator('.steps').textContent(), /Call payments and platform\./)
  t.equal(await page.locator('main button').count(), 0, 'no exemption is offered')
  t.same(complaints, [])
})

t.test('where nobody looks nothing conforms, and three commands say what to do', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${address}/w/empty`)
  await settled(page)
  t.match(await heading(page), /^prod cannot be judged/)
  t.equal(await page.locator('.shape.conforms').count(), 0)
  const commands = (await page.locator('main pre').textContent()) ?? ''
  t.same(
    commands.split('\n').map((line) => line.replace(address, 'SERVER')),
    [
      'congruent push --workspace-file --server SERVER',
      'congruent observe -e prod --server SERVER FILE',
      'congruent check -e prod --server SERVER --stored empty FILE',
    ],
  )
  await page.goto(`${address}/w/empty/findings`)
  await settled(page)
  await page.locator('.empty', { hasText: 'Nothing is known yet' }).waitFor()
  await page.goto(`${shop}/findings?env=prod&q=nothing+is+called+so`)
  await page.locator('.empty', { hasText: 'Without them' }).waitFor()
  t.match(await page.locator('.empty').textContent(), /Without them there are \d+ findings\. Clear the filters/)
  await page.goto(`${address}/w/nowhere`)
  await page.locator('.failure').waitFor()
  t.equal(await heading(page), 'nowhere cannot be shown')
})

t.test('a line that is refused is opened anew, and what may have come meanwhile is offered', async (t) => {
  const { page } = await openPage(browser, clock.now)
  let isDown = true
  await page.route('**/events?kinds=**', (route) =>
    isDown ? route.fulfill({ status: 502, body: '' }) : route.continue(),
  )
  await page.goto(`${shop}?env=prod`)
  await settled(page)
  await page.locator('.live', { hasText: /not connected; trying again\. What you see is of \d\d:\d\d UTC/ }).waitFor()
  isDown = false
  await page.locator('.news button').click()
  await settled(page)
  t.equal(await page.locator('.news button').count(), 0)
  t.equal(await page.locator('.live', { hasText: 'not connected' }).count(), 0)
})

t.test('whatever a failure is like, what happened and what to do is said in its place', async (t) => {
  const { page } = await openPage(browser, clock.now)
  const json = 'application/problem+json'
  const busy = { code: 'TOO_MANY_REQUESTS', detail: 'as many requests as you may have are in work', request: 'r-1' }
  const failures: readonly (readonly [answer: Parameters<Route['fulfill']>[0], said: RegExp])[] = [
    [
      { status: 429, headers: { 'retry-after': '5' }, contentType: json, body: JSON.stringify(busy) },
      /refused: as many requests.*TOO_MANY_REQUESTS.*request r-1.*worth trying again in 5 s/,
    ],
    [{ status: 500, contentType: 'text/html', body: '<h1>oh' }, /could not answer: the server answered with 500/],
    [
      { status: 200, contentType: 'text/html', body: '<h1>Sign in to the café' },
      /No answer: .*it is no JSON; something/,
    ],
    [{ status: 200, contentType: 'application/json', body: '{"items":[{"fing' }, /No answer: .*cannot be read/],
    [undefined, /No answer: the server cannot be reached UNREACHABLE/],
  ]
  let [answer] = failures[0] ?? []
  await page.route('**/v1/**/findings?**', (route) => (answer === undefined ? route.abort() : route.fulfill(answer)))
  await page.goto(`${shop}/findings?env=prod`)
  for (const [next, said] of failures) {
    answer = next
    await page.locator('.failure button').click()
    await page.locator('.failure', { hasText: said }).waitFor()
    t.match(await heading(page), 'Findings', 'and the rest stays')
  }
  await page.unroute('**/v1/**/findings?**')
  await page.locator('.failure button').click()
  await page.locator('a.row').first().waitFor()
  t.equal(await page.locator('.failure').count(), 0)
})

t.test('what takes long says so', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.clock.install({ time: clock.now })
  let answer = (): void => undefined
  const held = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/findings?**', async (route) => {
    if (route.request().resourceType() !== 'document') await held
    await route.continue()
  })
  await page.goto(`${shop}/findings?env=prod`)
  await page.locator('.skeleton').waitFor()
  await page.clock.fastForward(6000)
  await page.locator('.slow').waitFor()
  answer()
  await page.locator('a.row').first().waitFor()
  t.equal(await page.locator('.slow').count(), 0)
})

t.test('single keys can be turned off', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}?env=prod`)
  await settled(page)
  await page.keyboard.press('?')
  t.same(await axeFindings(page), [], 'the list of keys')
  await page.locator('dialog[open] input').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  t.equal(await page.locator('dialog[open]').count(), 0)
  await page.reload()
  await settled(page)
  await page.keyboard.press('?')
  t.equal(await page.locator('dialog[open]').count(), 0, 'it is kept')
})

t.test("in a reader's own colours, twice as large, without motion", async (t) => {
  const viewport = { width: 640, height: 450 }
  const own = { forcedColors: 'active', reducedMotion: 'reduce', colorScheme: 'dark', viewport } as const
  const { page, complaints } = await openPage(browser, clock.now, own)
  for (const path of ['', '/findings', '/tree', '/observers']) {
    await page.goto(`${shop}${path}?env=prod`)
    await settled(page)
    t.same(await axeFindings(page), [], path)
    t.ok((await tooWide(page)) <= 0, `${path}: not wider than the screen`)
  }
  const lineBelow = (link: string): Promise<unknown> =>
    page.evaluate(`getComputedStyle(document.querySelector('nav ${link}')).borderBottomColor`)
  t.not(await lineBelow('[aria-current]'), await lineBelow('a:not([aria-current])'), 'one sees where one is')
  t.same(complaints, [])
})

t.test('in both colours and two widths, and a report in one file like them', async (t) => {
  const conflict = await findingAt('conflict', 'services.checkout.replicas', 'broken')
  const folder = t.testdir({ 'report.html': formatters.html(everything, options) })
  const report = pathToFileURL(`${folder}/report.html`).href
  await looksRight(t, browser, clock.now, [`${address}/w/empty`, conflict, report])
})
