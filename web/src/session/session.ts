import { pathHere } from '../address/address.ts'
import { ask } from '../api/ask.ts'
import { asOf } from '../api/answer.ts'
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
  noteReader(await ask('signIn', { params: {}, body: { token } }))
  asOf.value++
}

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
