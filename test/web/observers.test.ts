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
const { app, clock } = stored
await putWatchedShop(stored)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const shop = `${address}/w/shop`

t.test('at night: is it as we want it, what do we not know, who saw it', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(shop)
  await settled(page)
  t.match(await heading(page), /^prod cannot be judged/)
  const why = await page.locator('.why').first().textContent()
  for (const reason of ['observers disagree', 'not seen for too long', 'nobody looks']) t.match(why, reason)
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await page.waitForURL(/\/observers$/)
  await settled(page)
  t.equal(await heading(page), 'Observers')
  t.equal(await page.evaluate('document.activeElement.tagName'), 'H1', 'the focus is on its heading')
  t.same(await page.locator('.counts .outcome').allTextContents(), ['3 in time', '1 silent', '1 refusal'])
  const [silent = ''] = await page.locator('.obs tr.undecided').allTextContents()
  t.match(silent, /edge-eu.*310.*36 min of 15 min: too old/)
  t.match(await page.locator('.obs').textContent(), /secrets 403: secrets is forbidden/)

  t.match(await page.locator('.side h2').textContent(), 'cluster-eu #1840', 'one of those who disagree is chosen')
  t.match(await page.locator('.contest').textContent(), /cluster-eu #1840 says 3, cluster-us #975 says 1/)
  const together = await page.locator('.cov tr.undecided').allTextContents()
  t.match(together, [/^dns.*nobody$/, /^edge.*only stale$/], 'hatched, with the reason')

  await page.locator('.snap', { hasText: '974' }).click()
  await page.waitForURL(/\/observers\?snapshot=cluster-us%23974$/)
  t.match(await page.locator('.side h2').textContent(), 'cluster-us #974')
  const classes = await page.locator('.snap').evaluateAll((all) => all.map((dot) => dot.getAttribute('class')))
  t.equal(
    classes.filter((one) => one === 'snap future').length,
    3,
    'the next of its own, and two others that had seen it',
  )
  t.equal(await page.locator('.contest').count(), 0)
  await page.goBack()
  await page.locator('.contest a', { hasText: 'Finding' }).click()
  await page.waitForURL(/findings\/[0-9a-f]{32}/)
  await settled(page)
  t.match(await heading(page), 'services.checkout.replicas')
  t.same(complaints, [])
})

t.test('by keys, and as it was', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}/observers?at=2026-05-04T09:45:00Z`)
  await settled(page)
  t.same(await page.locator('.counts .outcome').allTextContents(), ['3 in time', '1 refusal'], 'nobody was silent yet')
  t.equal(await page.locator('.snap').count(), 4)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/snapshot=cluster-us%23973/)
  await page.locator('.snap[aria-current=true]').focus()
  t.match(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'cluster-us 973: chosen')
  await page.goto(`${shop}/observers?env=dev`)
  await settled(page)
  t.match(await page.locator('.nobody').textContent(), /Nobody reports about dev yet.*congruent observe/)
  t.match(await page.locator('.cov').textContent(), 'nobody')
})

t.test('in both colours and two widths', (t) =>
  looksRight(t, browser, clock.now, [`${shop}/observers`, `${shop}/observers?env=dev`]),
)
