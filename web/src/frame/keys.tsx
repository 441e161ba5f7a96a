import { useEffect, useRef } from 'preact/hooks'
import { go } from '../address/address.ts'
import { pageAddress } from '../address/lens.ts'
import { pages } from '../pages/pages.ts'
import { letters, setLetters } from './letters.ts'
import './keys.css'

const waitMs = 900

const list: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'search on this page'],
  [['j', 'k'], 'next, previous row'],
  [['Enter'], 'open the row'],
  [['→', '←'], 'in the tree: open, close; letters go to a label'],
  [['[', ']'], 'previous, next change in time'],
  ...pages.map(({ key, title }) => [['g', key], title.toLowerCase()] as const),
  [['?'], 'this list'],
]

/** What keys do, and the list of them. Single letters do nothing while one types. */
export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    let isPrefixed = false
    const listener = (event: KeyboardEvent): void => {
      if (!letters.value || isTyping(event)) return
      const wasPrefixed = isPrefixed
      isPrefixed = false
      const page = wasPrefixed ? pages.find(({ key }) => key === event.key) : undefined
      if (page !== undefined) {
        event.preventDefault()
        go(pageAddress(page.path))
      } else if (event.key === 'g') {
        isPrefixed = true
        setTimeout(() => {
          isPrefixed = false
        }, waitMs)
      } else if (event.key === '?') {
        event.preventDefault()
        dialog.current?.showModal()
      } else pressed(event)
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
  return (
    <>
      <button type="button" class="link" onClick={() => dialog.current?.showModal()}>
        Keys
      </button>
      <dialog ref={dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">
          {list.map(([keys, what]) => (
            <div key={what}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label class="switch">
          <input
            type="checkbox"
            checked={letters.value}
            onChange={({ currentTarget }) => setLetters(currentTarget.checked)}
          />
          Single keys do something
        </label>
        <form method="dialog">
          <button>Close</button>
        </form>
      </dialog>
    </>
  )
}

function isTyping({ target, metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey) return true
  return target instanceof Element && target.matches('input, textarea, select, dialog *')
}

/** Keys that stand for something that is on the page: a search, a step, the next row. */
function pressed(event: KeyboardEvent): void {
  const { key } = event
  if (key === '/') {
    const search = document.querySelector<HTMLInputElement>('input[type=search]')
    if (search === null) return
    event.preventDefault()
    search.focus()
    search.select()
  } else if (key === '[' || key === ']') document.querySelector<HTMLAnchorElement>(`a[data-key="${key}"]`)?.click()
  else if (key === 'j' || key === 'k') toRow(key === 'j' ? 1 : -1)
}

function toRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('a.row')]
  const current = rows.findIndex((row) => row === document.activeElement)
  const next = rows[Math.max(0, Math.min(rows.length - 1, current + step))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
