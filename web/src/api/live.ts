import { signal } from '@preact/signals'
import { root } from '../address/address.ts'
import { asOf } from './answer.ts'

/** What came since the page was asked for; nothing moves under the reader until it is wanted. */
export interface News {
  /** Checks that found something else than before, or another revision. */
  readonly count: number
  /** Whether the line to the server stands. */
  readonly connected: boolean
}

export const news = signal<News>({ count: 0, connected: false })

/** Shows what is new: every question of the page is asked anew. */
export function takeNews(): void {
  news.value = { ...news.value, count: 0 }
  asOf.value++
}

/** Listens to what happens in a workspace until the returned function is called. The browser connects anew by itself, and asks for what it missed. */
export function followWorkspace(workspace: string): () => void {
  const address = new URL(`v1/workspaces/${encodeURIComponent(workspace)}/events`, root)
  address.searchParams.set('kinds', 'check,revision,proposal')
  const source = new EventSource(address)
  source.addEventListener('open', () => {
    news.value = { ...news.value, connected: true }
  })
  source.addEventListener('error', () => {
    news.value = { ...news.value, connected: false }
  })
  for (const kind of ['revision', 'proposal', 'lost']) source.addEventListener(kind, one)
  source.addEventListener('check', ({ data }: MessageEvent<string>) => {
    if (isChange(data)) one()
  })
  return () => source.close()
}

function one(): void {
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
