import { useState } from 'preact/hooks'
import { go } from '../address/address.ts'
import { Problem } from '../api/ask.ts'
import { reader } from '../session/reader.ts'
import { scopeWords } from '../session/scope-words.ts'
import { signOut } from '../session/session.ts'
import { signInAddress } from '../session/sign-in-address.ts'
import { fullTime } from '../parts/time.tsx'
import './reader-menu.css'

/** Who one is signed in as, what one may, and the way out. Where nobody signs in there is nothing of it. */
export function ReaderMenu() {
  const me = reader.value
  const [problem, setProblem] = useState<string>()
  if (me?.csrf === undefined) return null
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      go(signInAddress('out'))
    } catch (error) {
      if (error instanceof Problem && error.status === 401) go(signInAddress('ended'))
      else setProblem(error instanceof Problem ? error.message : String(error))
    }
  }
  return (
    <>
      <button type="button" class="reader" popovertarget="reader">
        <span class="sr">Signed in as </span>
        {me.name}
      </button>
      <div id="reader" class="reader-menu" popover="auto" role="group" aria-label="Who you are">
        <p>
          Signed in as <b>{me.name}</b>
          {me.until === undefined ? null : <small>until {fullTime(me.until)} at the latest</small>}
        </p>
        <p id="reader-may">You may</p>
        {me.scopes.length === 0 ? (
          <p class="dim">nothing yet: whoever has the scope admin:* grants scopes</p>
        ) : (
          <ul aria-labelledby="reader-may">
            {me.scopes.map((scope) => (
              <li key={scope} title={scope}>
                {scopeWords(scope)}
              </li>
            ))}
          </ul>
        )}
        {problem === undefined ? null : <p role="alert">You are still signed in: {problem}</p>}
        <button type="button" onClick={() => void leave()}>
          Sign out
        </button>
      </div>
    </>
  )
}
