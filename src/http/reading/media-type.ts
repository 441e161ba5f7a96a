import { Fault } from '../../errors.ts'
import type { BodyType } from '../route.ts'

const known: Readonly<Record<string, BodyType>> = {
  'application/json': 'application/json',
  'application/yaml': 'application/yaml',
  'application/x-yaml': 'application/yaml',
  'text/yaml': 'application/yaml',
  'application/x-ndjson': 'application/x-ndjson',
  'application/ndjson': 'application/x-ndjson',
  'application/gzip': 'application/gzip',
  'application/x-gzip': 'application/gzip',
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** How the body of a request is written. Throws a Fault MEDIA_TYPE_UNSUPPORTED where the route does not read that. */
export function bodyTypeOf(headers: Headers, taken: readonly BodyType[]): BodyType {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity')
    throw new Fault(
      'MEDIA_TYPE_UNSUPPORTED',
      `\`Content-Encoding: ${String(encoding)}\` is not read; send the body as it is`,
    )
  const given = headers['content-type']
  const name = typeof given === 'string' ? (given.split(';', 1)[0]?.trim().toLowerCase() ?? '') : ''
  const type = Object.hasOwn(known, name) ? known[name] : undefined
  if (type !== undefined && taken.includes(type) && isUtf8(given)) return type
  const found =
    given === undefined ? 'the body has no `Content-Type`' : `\`Content-Type: ${String(given)}\` is not read here`
  const list = taken.map((one) => `\`${one}\``).join(', ')
  throw new Fault(
    'MEDIA_TYPE_UNSUPPORTED',
    `${found}; required is ${taken.length > 1 ? 'one of ' : ''}${list}, in UTF-8`,
    {
      details: { accepted: taken },
    },
  )
}

/** JSON and YAML are UTF-8, whatever is said beside it must not say otherwise. */
function isUtf8(given: string | string[] | undefined): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(String(given))?.[1]
  return charset === undefined || /^utf-?8$/i.test(charset)
}

/** Whether a request has a body at all. */
export function hasBody(headers: Headers): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
