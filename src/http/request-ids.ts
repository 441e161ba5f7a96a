import type { HeaderFields } from './access/loopback.ts'

/** Identifiers of requests: the asker's own goes through logs and answers, if it is one; others begin with a prefix of this process. */
export function requestIds(prefix: string): (headers: HeaderFields) => string {
  let count = 0
  return ({ 'x-request-id': given }) =>
    typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : `${prefix}-${(count++).toString(36)}`
}
