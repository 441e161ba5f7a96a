import { useEffect } from 'preact/hooks'
import { addressOf, pathHere } from './address/address.ts'
import { workspace } from './address/lens.ts'
import { followWorkspace } from './api/live.ts'
import { Keys } from './frame/keys.tsx'
import { NewsLine } from './frame/news-line.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { environment, useWorkspace } from './frame/workspace.ts'
import { pageOf } from './pages/pages.ts'
import { Workspaces } from './pages/workspaces/workspaces.tsx'
import { Failure } from './parts/answered.tsx'
import { Title } from './parts/panel.tsx'
import { Patterns } from './parts/shape.tsx'

/** The whole of the pages: which one is shown hangs on the address alone. */
export function App() {
  const name = workspace.value
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Patterns />
      {name === '' ? <Start /> : <InWorkspace key={name} name={name} />}
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
      <main id="main">
        <Workspaces />
      </main>
    </>
  )
}

function InWorkspace({ name }: { name: string }) {
  useEffect(() => followWorkspace(name), [name])
  const { value, problem, again } = useWorkspace(name)
  const page = pageOf(pathHere())
  const { title, Page } = page
  useEffect(() => {
    document.title = [title, environment.value, name, 'Congruent'].filter((part) => part !== undefined).join(' · ')
  }, [title, environment.value, name])
  return (
    <>
      <TopBar page={page} />
      <NewsLine />
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
