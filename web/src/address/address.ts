import { signal } from '@preact/signals'

// The URL is the state: nothing that another person would need to see the same thing lives elsewhere. The pages may lie below
// any path, so that addresses in here are relative to where they begin, and become absolute in links alone.

/** Where the pages begin, with a slash at the end; found by where this script lies, so that a proxy may put them below any path. */
export const root = new URL(import.meta.env.DEV ? '/' : '../', import.meta.env.DEV ? location.href : import.meta.url)

/** Where the browser is. */
const here = signal(new URL(location.href))

/** The path of the current address from where the pages begin: `w/shop/findings`. */
export function pathHere(): string {
  return here.value.pathname.slice(root.pathname.length)
}

/** A parameter of the current address. */
export function parameter(name: string): string | undefined {
  return here.value.searchParams.get(name) ?? undefined
}

/** What to change of the parameters of an address; undefined takes one away. */
export type Changes = Readonly<Record<string, string | undefined>>

/** The address of the current page with some parameters changed. Equal views have equal addresses: parameters are sorted. */
export function withParameters(changes: Changes): string {
  return addressOf(pathHere(), Object.fromEntries(here.value.searchParams), changes)
}

/** An address from a path below the root (`w/shop`), parameters, and changes of these. */
export function addressOf(path: string, parameters: Changes = {}, changes: Changes = {}): string {
  const address = new URL(path, root)
  const all = Object.entries({ ...parameters, ...changes })
  for (const [name, value] of all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== undefined && value !== '') address.searchParams.set(name, value)
  return `${address.pathname}${address.search}${address.hash}`
}

let arriving = false

/** Whether a page was just come to, told once: its heading takes the focus then, so that a screen reader begins there. */
export function takeArrival(): boolean {
  const was = arriving
  arriving = false
  return was
}

/** Goes to an address; on another page to its top and its heading. */
export function go(address: string, { replace = false } = {}): void {
  const target = new URL(address, location.origin)
  const samePage = target.pathname === here.value.pathname
  history[replace ? 'replaceState' : 'pushState'](null, '', address)
  here.value = target
  if (samePage) return
  scrollTo(0, 0)
  arriving = true
}

/** Has the document's picture lie where it does, wherever the address goes: it is written relative to the first one. */
function fixIcon(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=icon]')) link.setAttribute('href', link.href)
}

/** Follows the browser's own steps, and makes links between pages changes of the address. */
export function followAddress(): void {
  fixIcon()
  addEventListener('popstate', () => {
    const target = new URL(location.href)
    arriving = target.pathname !== here.value.pathname
    here.value = target
  })
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    const href = link?.getAttribute('href') ?? undefined
    if (link === null || href === undefined || link.hasAttribute('target') || link.hasAttribute('download')) return
    const target = new URL(href, location.href)
    if (target.origin !== location.origin || !isPage(target)) return
    if (target.hash !== '' && target.pathname === location.pathname && target.search === location.search) return
    event.preventDefault()
    go(`${target.pathname}${target.search}${target.hash}`)
  })
}

/** Whether an address is one of the pages: not the API, nor what it shows itself. */
export function isPage({ pathname }: URL): boolean {
  if (!pathname.startsWith(root.pathname)) return false
  const path = pathname.slice(root.pathname.length)
  return path === '' || path === 'signin' || path.startsWith('w/')
}
