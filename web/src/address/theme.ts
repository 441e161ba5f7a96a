import { effect, signal } from '@preact/signals'

const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What colours the reader wants; `auto`: the system's. Kept in the browser, and no part of the address. */
export const theme = signal<Theme>(themes.find((known) => known === kept()) ?? 'auto')

/** The next one: auto, light, dark, auto. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto'
}

/** Puts the choice into effect, now and whenever it changes. */
export function followTheme(): void {
  effect(() => {
    if (theme.value === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
    try {
      localStorage.setItem('theme', theme.value)
    } catch {
      // Not kept, then: some browsers forbid it to pages that they do not trust.
    }
  })
}

function kept(): string | null {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null
  }
}
