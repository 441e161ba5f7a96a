import { letters } from '../../frame/letters.ts'
import { setOpen } from './open-nodes.ts'

/**
 * What keys do in a tree of rows, as readers of such trees know it: up and down through the rows, right opens a row or goes into it,
 * left closes it or goes to the one around it, Home and End to the ends. Enter follows the link of the row. Letters go to the next label
 * that begins with them; those that are keys of every page do so in capitals, or while a label is being typed.
 */
export function treeKeys(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const row = event.target instanceof Element ? event.target.closest('tr[aria-level]') : null
  const body = row?.parentElement
  if (!(row instanceof HTMLElement) || body === null || body === undefined) return
  const rows = [...body.querySelectorAll('tr[aria-level]')]
  const to = targetOf(event.key, row, rows) ?? typedTarget(event, row, rows)
  if (to === undefined) return
  event.preventDefault()
  event.stopPropagation()
  if (typeof to === 'boolean') setOpen(row.dataset['at'] ?? '', to)
  else focusRow(to)
}

/** The row to go to, or whether the row is to be open; undefined: the key means nothing here. */
function targetOf(key: string, row: HTMLElement, rows: readonly Element[]): Element | boolean | undefined {
  const index = rows.indexOf(row)
  const expanded = row.getAttribute('aria-expanded')
  switch (key) {
    case 'ArrowDown':
      return rows[index + 1] ?? row
    case 'ArrowUp':
      return rows[index - 1] ?? row
    case 'Home':
      return rows[0]
    case 'End':
      return rows.at(-1)
    case 'ArrowRight':
      return expanded === 'false' ? true : expanded === 'true' ? (rows[index + 1] ?? row) : row
    case 'ArrowLeft':
      return expanded === 'true' ? false : (rows.slice(0, index).findLast((one) => levelOf(one) < levelOf(row)) ?? row)
    default:
      return undefined
  }
}

/** What was typed of a label, and when, in milliseconds. */
let typed = { text: '', at: 0 }
const pauseMs = 700

function typedTarget(
  { key, timeStamp }: Pick<KeyboardEvent, 'key' | 'timeStamp'>,
  row: Element,
  rows: readonly Element[],
): Element | undefined {
  if (key.length > 1 || key === ' ') return undefined
  const goesOn = typed.text !== '' && timeStamp - typed.at < pauseMs
  if (!goesOn && (isForThePage(key, timeStamp) || !/\p{L}|\p{N}/u.test(key))) return undefined
  typed = { text: (goesOn ? typed.text : '') + key.toLowerCase(), at: timeStamp }
  const index = rows.indexOf(row)
  // A label that is being typed may still be this one.
  const inOrder = [...rows.slice(goesOn ? index : index + 1), ...rows.slice(0, goesOn ? index : index + 1)]
  return inOrder.find((one) => labelOf(one).startsWith(typed.text)) ?? row
}

/** When the key that begins others was struck. */
let leader = -Infinity
const leadsMs = 900

function isForThePage(key: string, at: number): boolean {
  if (!letters.value) return false
  if (at - leader < leadsMs) return true
  if (key === 'g') leader = at
  return ['g', 'j', 'k'].includes(key)
}

function labelOf(row: Element): string {
  return row.querySelector('a.row')?.textContent?.toLowerCase().replace(/^[["]/, '') ?? ''
}

function levelOf(row: Element): number {
  return Number(row.getAttribute('aria-level'))
}

function focusRow(row: Element): void {
  const link = row.querySelector<HTMLAnchorElement>('a.row')
  link?.focus()
  link?.scrollIntoView({ block: 'nearest' })
}
