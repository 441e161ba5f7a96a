import { useEffect, useState } from 'preact/hooks'

/**
 * A text that somebody types, kept in this tab until it is taken away: a page that is loaded anew, or left to sign in, has it again.
 * `key` says what it belongs to.
 */
export function useKept(key: string, initial: string): readonly [string, (text: string) => void] {
  const [state, setState] = useState({ key, text: read(key) ?? initial })
  useEffect(() => {
    if (state.key !== key) setState({ key, text: read(key) ?? initial })
  }, [key])
  const change = (text: string): void => {
    setState({ key, text })
    write(key, text === initial ? undefined : text)
  }
  return [state.key === key ? state.text : (read(key) ?? initial), change]
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function write(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Not kept, then: some browsers forbid it to pages that they do not trust.
  }
}
