import t from 'tap'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { putExampleShop } from '../support/example-shop.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { app, clock } = stored
await putExampleShop(stored)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const shop = `${address}/w/shop`

t.test('from the sentence to the finding and back, by clicks', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(`${shop}?env=prod`)
  await settled(page)
  t.match(await heading(page), /^prod (violates|cannot be judged)/)
  await page.locator('.lead a').first().click()
  await page.waitForURL(/\/w\/shop\/findings\?env=prod&outcome=violates$/)
  await settled(page)
  t.equal(await heading(page), 'Findings')
  const rows = await page.locator('a.row').count()
  t.ok(rows > 0, 'there are rows')
  const path = await page.locator('a.row').first().textContent()
  await page.locator('a.row').first().click()
  await settled(page)
  t.equal(await heading(page), path, 'the page of the finding that was clicked')
  t.ok((await page.locator('.frame .hit').count()) > 0, 'with the line that is meant')
  t.equal(await page.evaluate('document.activeElement.tagName'), 'H1', 'the focus is on its heading')
  await page.goBack()
  await settled(page)
  t.equal(await page.locator('a.row').count(), rows, 'the same rows again')
  t.match(await page.title(), /^Findings · prod · shop · Congruent$/)
  t.same(complaints, [])
})

t.test('a finding as it was known, before it was found, and one that never was', async (t) => {
  const { page } = await openPage(browser, clock.now)
  const listed = await app.inject('/v1/workspaces/shop/findings?environment=prod&sort=since&limit=1')
  const { fingerprint, since } =
    listed.json<Readonly<Record<'items', readonly Record<string, string>[]>>>().items[0] ?? {}
  if (since === undefined) throw new Error('nothing was found')
  await page.goto(`${shop}/findings/${fingerprint}?env=prod&at=${since}`)
  await settled(page)
  t.match(await page.locator('.lead').textContent(), /^As it was known at .* UTC: /)
  t.equal(await page.locator('#h-do').count(), 0, 'nothing is to be done in the past')
  await page.goto(`${shop}/findings/${fingerprint}?env=prod&at=${new Date(Date.parse(since) - 1).toISOString()}`)
  await settled(page)
  t.match(await heading(page), /^At .* UTC this was not found yet$/)
  await page.locator('.lead a').last().click()
  await page.locator('#h-do').waitFor()
  await page.goto(`${shop}/findings/${'0'.repeat(32)}?env=prod`)
  await settled(page)
  t.equal(await heading(page), 'No check here ever found this')
})

t.test('by keys alone', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}?env=prod`)
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await page.waitForURL(/findings/)
  await settled(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const path = await page.evaluate('document.activeElement.textContent')
  await page.keyboard.press('Enter')
  await page.waitForURL(/findings\/[0-9a-f]{32}/)
  await settled(page)
  t.equal(await heading(page), path)
  await page.keyboard.press('?')
  t.ok(await page.locator('dialog[open]').isVisible())
  await page.keyboard.press('Escape')
  await page.keyboard.press('[')
  await page.waitForURL(/at=/)
  t.match(await page.locator('.asof').textContent(), /as it was/)
})

t.test('a search changes the address in place, and what is typed stays', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}/findings?env=prod`)
  await settled(page)
  await page.keyboard.press('/')
  await page.keyboard.type('ledger')
  await page.waitForURL(/q=ledger/)
  await settled(page)
  const texts = await page.locator('.list tbody tr:not(.group)').allTextContents()
  t.ok(texts.length > 0 && texts.every((text) => text.includes('ledger')), 'rows that have the text')
  await page.locator('input[type=search]').fill('nothing is called so')
  await page.locator('.empty').waitFor()
  t.match(await page.locator('.empty').textContent(), /Nothing matches these filters/)
  await page.locator('.empty a').click()
  await page.waitForURL((url) => !url.searchParams.has('q'))
  t.equal(await page.locator('input[type=search]').inputValue(), '')
})

t.test(
  'every page in both colours and two widths: nothing that axe finds, nothing wider than the screen',
  async (t) => {
    const { page: finder } = await openPage(browser, clock.now)
    await finder.goto(`${shop}/findings?env=prod`)
    await settled(finder)
    const hrefs = await finder.locator('a.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('href') ?? ''))
    const findings = [hrefs[0], hrefs.at(-1)].map((href) => `${address}${href ?? ''}`)
    const pages = [address, `${shop}?env=prod`, shop, `${shop}/findings?env=prod`, `${shop}/nowhere`, ...findings]
    await looksRight(t, browser, clock.now, pages)
  },
)
