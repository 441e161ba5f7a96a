import { Fault } from '../errors.ts'
import { suggestion } from '../schema/did-you-mean.ts'
import type { Route } from './route.ts'

/** Why nothing answers at an address: it is unknown (404, with what is near), or it is known with other methods (405). */
export function whyNotFound(routes: readonly Route[], method: string, address: string): Fault {
  const path = address.split('?', 1)[0] ?? ''
  const methods = allowedAt(routes, path)
  if (methods.length > 0) {
    const allowed = methods.join(', ')
    return new Fault('METHOD_NOT_ALLOWED', `\`${cut(method)}\` is not for this address; it takes ${allowed}`, {
      details: { allowed: methods },
    })
  }
  const near = suggestion(path, [...new Set(routes.map(({ url }) => fitted(url, path)))])
  return new Fault('NOT_FOUND', `nothing answers at \`${cut(path)}\`${near}`)
}

/** The methods that an address takes, sorted; none where it is unknown. */
export function allowedAt(routes: readonly Route[], path: string): readonly string[] {
  const parts = path.split('/')
  const methods = routes.filter(({ url }) => fits(url.split('/'), parts)).map(({ method }) => method)
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])].sort()
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((label, index) => (label.startsWith(':') ? parts[index] !== '' : label === parts[index]))
  )
}

/** A route's address with the names that the asker gave, so that only what is mistyped differs. */
function fitted(url: string, path: string): string {
  const parts = path.split('/')
  return url
    .split('/')
    .map((label, index) => (label.startsWith(':') ? parts[index] || label : label))
    .join('/')
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
