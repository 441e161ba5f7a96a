import { useEffect } from 'preact/hooks'
import { addressOf } from '../address/address.ts'
import { pageAddress, workspace } from '../address/lens.ts'
import { nextTheme, theme } from '../address/theme.ts'
import { pages, type PageOfWorkspace } from '../pages/pages.ts'
import { LensBar } from './lens-bar.tsx'
import { ReaderMenu } from './reader-menu.tsx'
import './top-bar.css'

const themeMarks = { auto: '◐', light: '○', dark: '●' } as const

/** Where one is, and what one looks at. Without a page: outside all workspaces. */
export function TopBar({ page }: { page?: PageOfWorkspace }) {
  useEffect(() => {
    document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [page])
  return (
    <header class="top">
      <div class="bar1">
        <a class="brand" href={page === undefined ? addressOf('') : pageAddress('')}>
          <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
            <path d="M2 11.5c2-2.6 4-2.6 6 0s4 2.6 6 0M2 7h12M2 3.5h12" />
          </svg>
          <span>Congruent</span>
        </a>
        {page === undefined ? null : (
          <>
            <span class="ws">
              <span class="sr">Workspace </span>
              {workspace.value}
            </span>
            <nav aria-label="Pages">
              {pages.map(({ path, title }) => (
                <a key={path} href={pageAddress(path)} aria-current={path === page.path ? 'page' : undefined}>
                  {title}
                </a>
              ))}
            </nav>
          </>
        )}
        <span class="tools">
          <ReaderMenu />
          <button type="button" class="plain" onClick={nextTheme} aria-label={`Colours: ${theme.value}. Change`}>
            {themeMarks[theme.value]}
          </button>
        </span>
      </div>
      {page === undefined ? null : <LensBar />}
    </header>
  )
}
