import t from 'tap'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'
import { putWatchedShop } from '../support/watched-shop.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { app, service, clock } = stored
await putWatchedShop(stored)
await app.inject({
  method: 'POST',
  url: '/v1/workspaces/shop/snapshots',
  payload: {
    snapshot: 1,
    observer: 'laptop',
    sequence: 1,
    observedAt: clock.now.toISOString(),
    environment: 'dev',
    state: {
      services: {
        checkout: { port: 8443, replicas: 2 },
        cart: { port: 8080, replicas: 2 },
        ad: { port: 8081, replicas: 2 },
      },
      secrets: { db: { rotated: true } },
      edge: { tls: 1.3 },
      dns: { shop: '10.0.0.1' },
    },
  },
})
await service.makeCheck({ workspace: 'shop', environment: 'dev' })
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const shop = `${address}/w/shop`

t.test('what each rule does, and what protects nothing', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(shop)
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await page.waitForURL(/\/rules$/)
  await settled(page)
  t.equal(await heading(page), 'Rules')
  await page.locator('.rules td.num', { hasText: '3' }).first().waitFor()
  const rows = await page.locator('.rules tbody tr').allTextContents()
  t.equal(rows.length, 5, 'plain constraints are counted only')
  t.match(rows[0], /^HA-1At least two replicassreerror3011/)
  t.match(rows[1], /^NET-2.*never violated: not in 12 weeks, and in no test/)
  t.match(rows[3], /^RES-9.*never matched: nothing that was seen in time/)
  const weeks = await page.locator('.spark').first().getAttribute('aria-label')
  t.match(weeks, /0, 1$/, 'HA-1 was violated this week')
  await page.locator('.seg.small a', { hasText: 'never matched' }).click()
  await page.waitForURL(/\/rules\?show=never\+matched$/)
  t.equal(await page.locator('.rules tbody tr').count(), 2)
  await page.goBack()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/rules\?rule=HA-1$/)
  await settled(page)
  t.match(await page.locator('.frame .hit').textContent(), /replicas: >=2 @rule/)
  t.match(await page.locator('.found').textContent(), /services.checkout.replicas/)
  await page.locator('.found button').first().click()
  t.match(await page.locator('dialog.exemption pre').textContent(), /rule: HA-1\n +path: services.checkout.replicas/)
  t.same(complaints, [])
})

t.test('what is permitted, until when, and whether it is needed', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}/rules`)
  await settled(page)
  const rows = await page.locator('.exs tbody tr').allTextContents()
  t.match(rows[0], /^EX-007.*expiredit ended with 2026-05-01/)
  t.match(rows[1], /^EX-012.*12026-06-01used$/)
  t.match(rows[2], /^EX-003.*02026-07-31excuses nothing/)
  await page.locator('.exs td a').first().click()
  await page.waitForURL(/findings\/[0-9a-f]{32}$/)
  await settled(page)
  t.match(await heading(page), 'services.ad.replicas')
})

t.test('by team, how new and how old; and on what evidence something conforms', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(shop)
  await settled(page)
  t.match(await page.locator('.teams tbody tr', { hasText: 'web' }).textContent(), /^web011now#web$/)
  await page.goto(`${shop}?env=dev`)
  await settled(page)
  t.equal(await heading(page), 'dev is as its teams want it')
  t.match(await page.locator('.evidence').textContent(), /word of 1 observer; .*All of 4 demanded paths were/)
  await page.goto(`${shop}?at=2026-05-04T09:30:00Z`)
  await settled(page)
  t.match(await heading(page), /could not be judged/)
})

t.test('in both colours and two widths', (t) =>
  looksRight(t, browser, clock.now, [`${shop}/rules?rule=HA-1`, `${shop}?env=dev`]),
)
