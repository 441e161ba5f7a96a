import type { Client } from '../../client/client.ts'
import { notUnderstood } from '../../client/findings.ts'
import type { StoredToken } from '../../model/access.ts'
import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { parseScope } from '../../model/scope.ts'
import type { MadeToken, TokenRequest } from '../../operations/stored/tokens/create-token.ts'

/** Whoever keeps tokens: a server that is asked, or the store itself where no server needs to run. */
export interface TokenKeeper {
  create(request: Omit<TokenRequest, 'asker'>): Promise<MadeToken>
  /** Oldest first, also those that ended. */
  list(): Promise<readonly StoredToken[]>
  revoke(id: string): Promise<StoredToken>
  close(): Promise<void>
}

/** The tokens of a server. */
export function serverTokens(client: Client): TokenKeeper {
  const path = ['v1', 'tokens']
  const understood = <T>(read: T | undefined): T => {
    if (read === undefined) throw notUnderstood(client.server)
    return read
  }
  return {
    create: async (request) => {
      const { data } = await client.send({ method: 'POST', path, body: JSON.stringify(request) })
      const secret = memberOf(data, 'secret')
      const token = understood(tokenOf(memberOf(data, 'token')))
      return { token, secret: understood(typeof secret === 'string' ? secret : undefined) }
    },
    list: async () => {
      const { data } = await client.send({ method: 'GET', path })
      const items = memberOf(data, 'items')
      return understood(Array.isArray(items) ? items : undefined).map((item: Data) => understood(tokenOf(item)))
    },
    revoke: async (id) => {
      const { data } = await client.send({ method: 'DELETE', path: [...path, id] })
      return understood(tokenOf(data))
    },
    close: async () => undefined,
  }
}

function tokenOf(data: Data | undefined): StoredToken | undefined {
  const [id, name, createdAt, expiresAt, revokedAt] = ['id', 'name', 'createdAt', 'expiresAt', 'revokedAt'].map(
    (label) => {
      const value = memberOf(data, label)
      return typeof value === 'string' ? value : undefined
    },
  )
  const scopes = memberOf(data, 'scopes')
  if (id === undefined || name === undefined || createdAt === undefined || !Array.isArray(scopes)) return undefined
  return {
    id,
    name,
    createdAt,
    scopes: scopes.map(String).flatMap((text) => {
      const read = parseScope(text)
      return 'scope' in read ? [read.scope] : []
    }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  }
}
