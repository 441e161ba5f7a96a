import { useEffect } from 'preact/hooks'
import { addressOf, go, pathHere } from './address/address.ts'
import { workspace } from './address/lens.ts'
import { followWorkspace } from './api/live.ts'
import { CheckLine } from './frame/check-line.tsx'
import { Keys } from './frame/keys.tsx'
import { NewsLine } from './frame/news-line.tsx'
import { usePending } from './frame/pending.ts'
import { SignedOutLine } from './frame/signed-out-line.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { environment, useWorkspace } from './frame/workspace.ts'
import { pageOf } from './pages/pages.ts'
import { SignIn } from './pages/sign-in/sign-in.tsx'
import { Workspaces } from './pages/workspaces/workspaces.tsx'
import { Failure } from './parts/answered.tsx'
import { Title } from './parts/panel.tsx'
import { Patterns } from './parts/shape.tsx'
import { reader, signedOut } from './session/reader.ts'
import { followSession } from './session/session.ts'
import { signInAddress } from './session/sign-in-address.ts'

/** The whole of the pages: which one is shown hangs on the address alone. */
export function App() {
  const name = workspace.value
  const isSigningIn = pathHere() === 'signin'
  useEffect(followSession, [])
  // Who was never known here is led to sign in; who was goes on reading, and is told.
  const isUnknown = signedOut.value !== undefined && reader.value === undefined && !isSigningIn
  useEffect(() => {
    if (isUnknown) go(signInAddress(), { replace: true })
  }, [isUnknown])
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Patterns />
      {isSigningIn ? <SigningIn /> : name === '' ? <Start /> : <InWorkspace key={name} name={name} />}
    </>
  )
}

function SigningIn() {
  useEffect(() => {
    document.title = 'Sign in · Congruent'
  }, [])
  return (
    <>
      <TopBar />
      <main id="main">
        <SignIn />
      </main>
    </>
  )
}

function Start() {
  useEffect(() => {
    document.title = 'Workspaces · Congruent'
  }, [])
  return (
    <>
      <TopBar />
      <SignedOutLine />
      <main id="main">
        <Workspaces />
      </main>
    </>
  )
}

function InWorkspace({ name }: { name: string }) {
  useEffect(() => followWorkspace(name), [name])
  const verdicts = useWorkspace(name)
  usePending(verdicts)
  const { value, problem, again } = verdicts
  const page = pageOf(pathHere())
  const { title, Page } = page
  useEffect(() => {
    document.title = [title, environment.value, name, 'Congruent'].filter((part) => part !== undefined).join(' · ')
  }, [title, environment.value, name])
  return (
    <>
      <TopBar page={page} />
      <SignedOutLine />
      <NewsLine />
      <CheckLine />
      <main id="main" class={`p-${page.name}`}>
        {problem === undefined ? null : <Failure problem={problem} again={again} kept={value !== undefined} />}
        {problem !== undefined && value === undefined ? <Title>{name} cannot be shown</Title> : <Page />}
      </main>
      <footer>
        <a href={addressOf('')}>All workspaces</a> · <Keys />
      </footer>
    </>
  )
}
