import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'

const programs = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** The browser of this machine that tests of pages use; undefined where there is none. */
export const browserProgram = programs.find((program) => existsSync(program))

/** Starts it, until the test ends. */
export async function openBrowser(t: Test): Promise<Browser> {
  // Containers forbid the sandbox; what is opened is ours alone.
  const browser = await chromium.launch({ executablePath: browserProgram ?? '', args: ['--no-sandbox'] })
  t.teardown(() => browser.close())
  return browser
}

/** A page that keeps what the browser complained of: refusals of the content security policy, errors of scripts, lost requests. */
export async function openPage(
  browser: Browser,
  now: Date,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints }
}
