import type { Browser, Page } from 'playwright-core'

/** What one page took in a browser, in milliseconds. */
export interface PageTimes {
  /** From the navigation until the first rows are painted. */
  readonly rows: number
  /** The longest time between two frames while the page is scrolled to its end, and the longest while more rows are put in. */
  readonly scrolling: number
  readonly adding: number
  /** The longest task of all. */
  readonly task: number
}

// All of it runs in the page, as text: what it needs must not be compiled for Node.
const watch = `
  window.longest = { frame: 0, task: 0, rows: 0 }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.task = Math.max(longest.task, duration)
  }).observe({ type: 'longtask', buffered: true })
  let last = performance.now()
  const frame = (now) => {
    longest.frame = Math.max(longest.frame, now - last)
    last = now
    if (longest.rows === 0 && document.querySelector('a.row, .verdict h1') !== null) requestAnimationFrame((painted) => { longest.rows ||= painted })
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)`
const scroll = `new Promise((done) => {
  const step = () => {
    const before = scrollY
    scrollBy(0, 120)
    if (scrollY === before) done()
    else requestAnimationFrame(step)
  }
  step()
})`

/** Opens an address, scrolls, and asks for more rows so many times. */
export async function timesOf(browser: Browser, url: string, more: number): Promise<PageTimes> {
  // Past the pages' own policy, which lets nobody evaluate a text: that is how the page is asked.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true })
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(url)
  await page.waitForFunction('longest.rows > 0')
  await settled(page)
  const rows = await read(page, 'rows')
  await page.evaluate('longest.frame = 0')
  await page.evaluate(scroll)
  const scrolling = await read(page, 'frame')
  await page.evaluate('longest.frame = 0')
  for (let time = 0; time < more; time++) {
    const before = await page.locator('a.row').count()
    await page
      .getByRole('button', { name: /^Show more/ })
      .last()
      .click()
    await page.waitForFunction(`document.querySelectorAll('a.row').length > ${before}`)
  }
  const adding = await read(page, 'frame')
  const task = await read(page, 'task')
  await context.close()
  return { rows, scrolling, adding, task }
}

async function settled(page: Page): Promise<void> {
  await page.waitForFunction("document.querySelector('.skeleton, .older, .waiting') === null")
}

async function read(page: Page, name: 'frame' | 'task' | 'rows'): Promise<number> {
  return Number(await page.evaluate(`longest.${name}`))
}
