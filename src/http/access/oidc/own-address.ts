const anywhere = 'http://own.invalid'

/**
 * An address of this server's pages, relative to its origin, as a browser is to be sent there; undefined where it leads elsewhere, or is
 * none. What is answered begins with one `/`: browsers take `//` for another host, and drop dots, tabs and backslashes before they look.
 */
export function ownAddress(text: string): string | undefined {
  if (!text.startsWith('/') || !URL.canParse(text, anywhere)) return undefined
  const { origin, pathname, search, hash } = new URL(text, anywhere)
  return origin === anywhere && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : undefined
}
