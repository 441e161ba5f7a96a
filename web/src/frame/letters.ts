import { signal } from '@preact/signals'

const name = 'letters'

/** Whether single letters do something: who steers by voice, or strikes keys by accident, turns them off. Kept in the browser. */
export const letters = signal(kept() !== 'off')

/** Turns them on or off. */
export function setLetters(on: boolean): void {
  letters.value = on
  try {
    localStorage.setItem(name, on ? 'on' : 'off')
  } catch {
    // Not kept, then: some browsers forbid it to pages that they do not trust.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
