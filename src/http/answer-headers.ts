/** Headers of every answer of the API, which is never a page: nothing in it may be run, framed, guessed at or kept. */
export const apiHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const

/** Headers that pages of other origins may read. */
export const readableHeaders = ['etag', 'location', 'retry-after', 'x-request-id'] as const
