import { secretDigest } from '../../../model/token.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Ends a session and notes that; nothing happens where there is none. */
export function endSession(
  { store, clock }: Pick<StoredDependencies, 'store' | 'clock'>,
  { secret, asker }: { readonly secret: string; readonly asker: Asker },
): Promise<void> {
  return store.transaction(async ({ sessions, audit }) => {
    if (await sessions.end(secretDigest(secret)))
      await audit.append({ at: clock().toISOString(), ...asker, action: 'sign out' })
  })
}
