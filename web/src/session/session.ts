import { pathHere } from '../address/address.ts'
import { ask, Problem } from '../api/ask.ts'
import { asOf } from '../api/answer.ts'
import type { Me } from '../api/operations.ts'
import { noteReader } from './reader.ts'

/** Asks who reads; whoever shows that looks at `reader`. What fails shows where the page's own questions fail. */
export async function askWhoReads(): Promise<void> {
  try {
    noteReader(await ask('getMe', { params: {} }))
  } catch {
    // That nobody is signed in was noted, and everything else is said of the page's own questions.
  }
}

/** Signs the browser in; every question of a page is asked anew then. Throws a Problem. */
export async function signIn(token: string): Promise<void> {
  await ask('signIn', { params: {}, body: { token } })
  noteReader(await asKept())
  asOf.value++
}

/** Who the server knows us as by what the browser kept. Throws a Problem: a browser drops a cookie without a word. */
async function asKept(): Promise<Me> {
  try {
    return await ask('getMe', { params: {} })
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    throw new Problem('SESSION_NOT_KEPT', 0, notKept)
  }
}

const notKept =
  'the token is right, but this browser did not keep the session: it refuses cookies of this site, or the server gives them for another address only; open the pages over https where they are meant to be seen, which `congruent serve --base-url` names'

/** Signs it out. Throws a Problem. */
export async function signOut(): Promise<void> {
  await ask('signOut', { params: {} })
  noteReader(undefined)
}

/** Looks again whenever the page is come back to: a session may have ended in the meantime. */
export function followSession(): () => void {
  const look = (): void => {
    // Where one signs in nobody is known yet.
    if (document.visibilityState === 'visible' && pathHere() !== 'signin') void askWhoReads()
  }
  look()
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}
