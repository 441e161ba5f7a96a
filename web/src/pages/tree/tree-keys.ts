import { setOpen } from './open-nodes.ts'

/**
 * What keys do in a tree of rows, as readers of such trees know it: up and down through the rows, right opens a row or goes into it,
 * left closes it or goes to the one around it, Home and End to the ends. Enter follows the link of the row.
 */
export function treeKeys(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const row = event.target instanceof Element ? event.target.closest('tr[aria-level]') : null
  const body = row?.parentElement
  if (!(row instanceof HTMLElement) || body === null || body === undefined) return
  const rows = [...body.querySelectorAll('tr[aria-level]')]
  const to = targetOf(event.key, row, rows)
  if (to === undefined) return
  event.preventDefault()
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

function levelOf(row: Element): number {
  return Number(row.getAttribute('aria-level'))
}

function focusRow(row: Element): void {
  const link = row.querySelector<HTMLAnchorElement>('a.row')
  link?.focus()
  link?.scrollIntoView({ block: 'nearest' })
}
