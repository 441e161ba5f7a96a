import { signal } from '@preact/signals'
import { root } from '../address/address.ts'
import { askWhoReads } from '../session/session.ts'
import { asOf } from './answer.ts'
import { isOwn } from './own-news.ts'

/** What came since the page was asked for; nothing moves under the reader until it is wanted. */
export interface News {
  /** Checks that found something else than before, or another revision. */
  readonly count: number
  /** Something may have come while there was no line. */
  readonly missed: boolean
  /** Whether the line to the server stands. */
  readonly connected: boolean
}

export const news = signal<News>({ count: 0, missed: false, connected: false })

/** Shows what is new: every question of the page is asked anew. */
export function takeNews(): void {
  news.value = { ...news.value, count: 0, missed: false }
  asOf.value++
}

/** How long to wait before a line that was refused is opened anew, in milliseconds: each time twice as long, up to the last. */
const waits = [2000, 4000, 8000, 16_000, 30_000] as const

/**
 * Listens to what happens in a workspace until the returned function is called. A line that breaks is opened anew: by the browser, which
 * asks for what it missed, or by us where the server had refused it; then something may have been missed.
 */
export function followWorkspace(workspace: string): () => void {
  const address = new URL(`v1/workspaces/${encodeURIComponent(workspace)}/events`, root)
  address.searchParams.set('kinds', 'check,revision,proposal')
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let source = open(false)
  function open(isAgain: boolean): EventSource {
    const opened = new EventSource(address)
    let wasLost = isAgain
    opened.addEventListener('open', () => {
      const { count, missed } = news.value
      news.value = { count, missed: missed || wasLost, connected: true }
      wasLost = false
      tries = 0
    })
    opened.addEventListener('error', () => {
      news.value = { ...news.value, connected: false }
      wasLost = true
      if (opened.readyState !== EventSource.CLOSED) return
      // Why it was refused is not told; that the session has ended may be the reason.
      void askWhoReads()
      timer = setTimeout(openAgain, waits[Math.min(tries, waits.length - 1)])
    })
    opened.addEventListener('lost', noteNews)
    for (const kind of ['revision', 'proposal'])
      opened.addEventListener(kind, ({ data }: MessageEvent<string>) => {
        if (!isOwn(kind, data)) noteNews()
      })
    opened.addEventListener('check', ({ data }: MessageEvent<string>) => {
      if (isChange(data)) noteNews()
    })
    return opened
  }
  function openAgain(): void {
    tries += 1
    source = open(true)
  }
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

/** Says that something is new. */
export function noteNews(): void {
  news.value = { ...news.value, count: news.value.count + 1 }
}

/** A check that found the same as the one before is no news. */
function isChange(data: string): boolean {
  try {
    const { change } = JSON.parse(data) as { readonly change?: { readonly added: number; readonly gone: number } }
    return change === undefined || change.added + change.gone > 0
  } catch {
    return false
  }
}
