import t from 'tap'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { putExampleShop } from '../support/example-shop.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the tree was NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { app, clock } = stored
await putExampleShop(stored)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const tree = `${address}/w/shop/tree?env=prod`

t.test('what deviates is open; a row that is chosen tells all that is known', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(tree)
  await settled(page)
  t.equal(await heading(page), 'Desired and observed')
  const row = page.locator('tr[data-at="services.checkout.replicas"]')
  t.match(await row.textContent(), /replicas.*int & >=3.*3.*cluster.*2.*edge.*contested/)
  t.match(await row.getAttribute('class'), /undecided/, 'hatched')
  t.match(await row.locator('.by').textContent(), 'payments, platform', 'whose text it is')
  const unnamed = page.locator('tr[data-at="services.catalog.replicas"]')
  t.match(await unnamed.locator('.want').textContent(), '2', 'what patterns say of a service that nobody names')
  t.match(await unnamed.locator('.by').textContent(), 'platform')
  t.match(await page.locator('a[download$=".yaml"]').getAttribute('href'), /desired\?.*format=yaml/)
  t.match(await page.locator('tr[data-at="databases.ledger"]').textContent(), /not allowed to look/)
  t.equal(await page.locator('tr[data-at="databases.orders.engine"]').count(), 0, 'what conforms is closed')
  await row.locator('a.row').click()
  await page.waitForURL(/path=services.checkout.replicas/)
  await settled(page)
  const side = page.locator('.side')
  t.match(
    await side.textContent(),
    /undecided.*Default.*payments.*contested.*Where it comes from.*cluster #42.*sees it/s,
  )
  t.ok((await side.locator('.frame .hit').count()) > 0, 'with a line')
  await side.locator('a', { hasText: 'contested' }).click()
  await page.waitForURL(/findings\/[0-9a-f]{32}/)
  await page.goBack()
  await settled(page)
  t.equal(await row.getAttribute('aria-selected'), 'true', 'the same row again')
  t.same(complaints, [])
})

t.test('by keys alone: open, go in, choose, close', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${address}/w/shop?env=prod`)
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.waitForURL(/tree/)
  await settled(page)
  const focused = async (): Promise<unknown> =>
    page.evaluate('document.activeElement.closest("tr")?.dataset.at ?? document.activeElement.tagName')
  t.equal(await focused(), 'H1')
  await page.keyboard.press('j')
  t.equal(await focused(), 'databases')
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  t.equal(await focused(), 'databases.ledger.backup')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  t.equal(await page.locator('tr[data-at="databases.ledger"]').getAttribute('aria-expanded'), 'false')
  t.match(page.url(), /shut=databases.ledger/)
  await page.keyboard.press('o')
  t.equal(await focused(), 'databases.orders', 'the next label that begins so')
  await page.keyboard.press('ArrowRight')
  await page.locator('tr[data-at="databases.orders.engine"]').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForURL(/path=databases.orders.backup/)
  const shared = page.url()
  await page.keyboard.press('End')
  t.match(await focused(), /^services/)
  await page.keyboard.press('Home')
  t.equal(await focused(), 'databases')
  await page.goto(shared)
  await settled(page)
  t.equal(await page.locator('tr[data-at="databases.ledger.backup"]').count(), 0, 'closed as in the address')
  t.equal(await page.locator('tr[data-at="databases.orders.engine"]').count(), 1, 'open as in the address')
})

t.test('filters say what they hide', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${tree}&show=undecided`)
  await settled(page)
  const paths = await page.locator('tr[data-at]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-at')))
  t.ok(paths.includes('services.checkout.replicas') && paths.includes('databases.ledger.engine'))
  t.notOk(paths.includes('services.cart'))
  t.match(await page.locator('.note-row').allTextContents(), /hidden/)
  await page.keyboard.press('/')
  await page.keyboard.type('no such thing')
  await page.locator('.empty').waitFor()
  await page.locator('.empty a').click()
  await page.waitForURL((url) => !url.searchParams.has('q') && !url.searchParams.has('show'))
  await page.goto(`${tree}&q=*.replicas`)
  await settled(page)
  const found = await page.locator('tr.leaf').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-at')))
  t.ok(found.length > 1 && found.every((at) => at?.endsWith('.replicas')), 'only these leaves')
  await page.goto(`${tree}&at=2026-05-04T10:31:00Z`)
  await settled(page)
  t.match(await page.locator('.counts').textContent(), /1 snapshot.*as it was/)
})

t.test('in both colours and two widths nothing that axe finds, nothing wider than the screen', async (t) => {
  await looksRight(t, browser, clock.now, [`${tree}&path=services.checkout.replicas`])
})
