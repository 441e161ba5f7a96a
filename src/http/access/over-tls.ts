import type { HeaderFields } from './loopback.ts'

/**
 * Whether a browser asks over TLS, as a proxy before us says. Anybody can claim that: it is for what makes us stricter towards who does,
 * and for nothing else.
 */
export function cameOverTls({ forwarded, 'x-forwarded-proto': scheme }: HeaderFields): boolean {
  // The first of several is the one that the browser itself asked.
  if (first(scheme).trim().toLowerCase() === 'https') return true
  return /(?:^|;)\s*proto="?https"?\s*(?:;|$)/i.test(first(forwarded))
}

function first(field: HeaderFields[string]): string {
  const text = typeof field === 'string' ? field : (field?.[0] ?? '')
  return text.split(',', 1)[0] ?? ''
}
