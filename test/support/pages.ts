import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { openPage } from './browser.ts'

/** The sentence at the top of a page, once it is there. */
export async function heading(page: Page): Promise<string> {
  return (await page.locator('h1').textContent()) ?? ''
}

/** Waits until nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  const waiting = page.locator('.skeleton, .older, .loading, .waiting')
  while ((await waiting.count()) > 0) await waiting.first().waitFor({ state: 'detached' })
}

/** By how many pixels a page is wider than the screen: 0 or less where it fits. */
export async function tooWide(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
}

/** What axe finds in a page as it is shown, opened menus and dialogs too. */
export async function axeFindings(page: Page): Promise<unknown> {
  // By evaluation, as the page's own policy lets no script in.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
  )
}

/** Opens pages in both colours and two widths: axe finds nothing, nothing is wider than the screen, and the browser complains of nothing. */
export async function looksRight(t: Test, browser: Browser, now: Date, urls: readonly string[]): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [375, 1440]) {
      const { page, complaints } = await openPage(browser, now, { colorScheme, viewport: { width, height: 900 } })
      for (const url of urls) {
        const name = `${new URL(url).pathname}${new URL(url).search}, ${colorScheme}, ${width}`
        await page.goto(url)
        await settled(page)
        t.same(await axeFindings(page), [], name)
        t.ok((await tooWide(page)) <= 0, `${name}: not wider than the screen`)
      }
      t.same(complaints, [])
      await page.context().close()
    }
}
