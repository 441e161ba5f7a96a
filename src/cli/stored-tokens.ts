import { randomBytes } from 'node:crypto'
import { createToken } from '../operations/stored/tokens/create-token.ts'
import { revokeToken } from '../operations/stored/tokens/revoke-token.ts'
import { openStore } from '../store/open-store.ts'
import type { TokenKeeper } from './asking/token-keeper.ts'

/** Whoever can open the store needs no token: so the audit log calls it. */
const asker = { by: 'command line' }

/** The tokens of a store, without a server. Rejects as opening a store does; STORE_LOCKED where a server has it open. */
export async function storedTokens(options: Parameters<typeof openStore>[0]): Promise<TokenKeeper> {
  const store = await openStore(options)
  const dependencies = { store, clock: options.clock, random: () => randomBytes(32).toString('base64url') }
  return {
    create: (request) => createToken(dependencies, { ...request, asker }),
    list: () => store.tokens.list(),
    revoke: (id) => revokeToken(dependencies, { id, asker }),
    close: () => store.close(),
  }
}
