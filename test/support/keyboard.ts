import type { Page } from 'playwright-core'
import type { Test } from 'tap'

/** Where the focus is: what is written there, and what keeps one from seeing it. */
interface Stop {
  readonly tag: string
  readonly name: string
  readonly wrong?: 'no outline' | 'out of sight' | 'covered'
}

// In the page, as text: what it needs must not be compiled for Node.
const stop = `(() => {
  const at = document.activeElement ?? document.body
  const name = (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '').trim().slice(0, 200)
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  const box = at.getClientRects()[0]
  const tag = at.tagName
  if (tag === 'BODY' || tag === 'H1' || box === undefined) return { tag, name }
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return { tag, name, wrong: 'no outline' }
  const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2
  const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2
  const there = document.elementFromPoint(x, y)
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return { tag, name, wrong: 'out of sight' }
  return there === null || at.contains(there) || there.contains(at) ? { tag, name } : { tag, name, wrong: 'covered' }
})()`

/** Where the focus is now. */
export async function focused(page: Page): Promise<Stop> {
  return page.evaluate<Stop>(stop)
}

/** Goes on by Tab until something is reached whose name begins like this; every stop on the way can be seen, and none holds the focus. */
export async function tabTo(t: Test, page: Page, name: RegExp, most = 80): Promise<void> {
  const way: string[] = []
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    way.push(`${at.tag} ${at.name}`)
    if (at.wrong !== undefined) t.fail(`${new URL(page.url()).pathname}: ${at.tag} \`${at.name}\`: ${at.wrong}`)
    if (name.test(at.name)) return
  }
  throw new Error(`no way by Tab to ${name}: ${way.join(' → ')}`)
}
