import { Fault } from '../../../errors.ts'
import type { StoredToken } from '../../../model/access.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Which token is to end, and who says so. */
export interface TokenRevocation {
  readonly id: string
  readonly asker: Asker
}

/** Ends a token, and notes who did; one that was revoked before stays as it was. Rejects with NOT_FOUND. */
export function revokeToken(
  { store, clock }: Pick<StoredDependencies, 'store' | 'clock'>,
  { id, asker }: TokenRevocation,
): Promise<StoredToken> {
  return store.transaction(async ({ tokens, audit }) => {
    const at = clock().toISOString()
    const isNew = await tokens.revoke(id, at)
    const found = await tokens.find(id)
    if (found === undefined)
      throw new Fault(
        'NOT_FOUND',
        `there is no token \`${id}\`; \`congruent token list\` and \`GET /v1/tokens\` list them`,
      )
    if (isNew)
      await audit.append({
        at,
        ...asker,
        action: 'revoke token',
        subject: `${found.token.name} (${id})`,
      })
    return found.token
  })
}
