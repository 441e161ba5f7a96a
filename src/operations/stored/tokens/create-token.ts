import { Fault } from '../../../errors.ts'
import type { Scope, StoredToken } from '../../../model/access.ts'
import { compareText } from '../../../model/order.ts'
import { parseScope } from '../../../model/scope.ts'
import { secretDigest, tokenId, tokenSecret } from '../../../model/token.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** What a token is to be. */
export interface TokenRequest {
  readonly name: string
  readonly scopes: readonly string[]
  /** RFC 3339; absent: it does not expire. */
  readonly expiresAt?: string
  readonly asker: Asker
}

/** A token just made; its secret is said this once. */
export interface MadeToken {
  readonly token: StoredToken
  readonly secret: string
}

const nameForm = /^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}$/

/** Makes a token and notes who did. Rejects with USAGE where its name, its scopes or its end are not what they must be. */
export async function createToken(
  { store, clock, random }: Pick<StoredDependencies, 'store' | 'clock' | 'random'>,
  { name, scopes, expiresAt, asker }: TokenRequest,
): Promise<MadeToken> {
  const now = clock()
  if (!nameForm.test(name) || name === 'anonymous')
    throw new Fault(
      'USAGE',
      `\`${name}\` is no name for a token: expected up to 100 letters, digits, blanks and \`._@-\`, the first a letter or digit, and not \`anonymous\``,
    )
  const secret = tokenSecret(random())
  const digest = secretDigest(secret)
  const token: StoredToken = {
    id: tokenId(digest),
    name,
    scopes: scopesOf(scopes),
    createdAt: now.toISOString(),
    ...(expiresAt === undefined ? {} : { expiresAt: endOf(expiresAt, now) }),
  }
  await store.transaction(async (tables) => {
    const before = await tables.tokens.list()
    const same = before.find((other) => other.name === name && isInForce(other, now))
    if (same !== undefined)
      throw new Fault(
        'USAGE',
        `there is a token \`${name}\` already (\`${same.id}\`): revoke it, or choose another name`,
      )
    await tables.tokens.add(token, digest)
    await tables.audit.append({
      at: token.createdAt,
      ...asker,
      action: 'create token',
      subject: `${name} (${token.id}): ${token.scopes.join(', ')}`,
    })
  })
  return { token, secret }
}

function isInForce({ revokedAt, expiresAt }: StoredToken, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || Date.parse(expiresAt) > now.getTime())
}

/** Each scope once, sorted; all that are wrong are told. */
function scopesOf(texts: readonly string[]): readonly Scope[] {
  if (texts.length === 0) throw new Fault('USAGE', 'a token needs a scope: name at least one, such as `read:WORKSPACE`')
  const read = [...new Set(texts)].toSorted(compareText).map(parseScope)
  const places = read.flatMap((result) => ('problem' in result ? [{ message: result.problem }] : []))
  const [first, second] = places
  if (first === undefined) return read.flatMap((result) => ('scope' in result ? [result.scope] : []))
  throw second === undefined ? new Fault('USAGE', first.message) : new Fault('USAGE', 'scopes are wrong', { places })
}

function endOf(text: string, now: Date): string {
  const end = new Date(text)
  if (Number.isNaN(end.getTime()))
    throw new Fault('USAGE', `\`${text}\` is no time: expected RFC 3339, such as \`2026-12-31T00:00:00Z\``)
  if (end <= now) throw new Fault('USAGE', `the token would expire at \`${text}\`, which is past`)
  return end.toISOString()
}
