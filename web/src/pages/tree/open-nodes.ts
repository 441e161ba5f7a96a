import { signal } from '@preact/signals'
import { isBelow } from './chosen-label.ts'
import { go, parameter, withParameters } from '../../address/address.ts'

// Nodes that deviate are open at first. What the reader opened or closed besides stands in the address while that is short; beyond,
// it lasts as long as the page.

const longest = 600
const separator = '|'

/** What the reader opened (true) and closed (false), by path. */
const toggled = signal<ReadonlyMap<string, boolean>>(new Map())
let written: string | undefined

/** Takes over what the address says, unless that is what was written there last. */
export function readOpenNodes(): void {
  const said = `${parameter('open') ?? ''}${separator}${separator}${parameter('shut') ?? ''}`
  if (said === written) return
  written = said
  toggled.value = new Map([
    ...pathsIn(parameter('open')).map((path) => [path, true] as const),
    ...pathsIn(parameter('shut')).map((path) => [path, false] as const),
  ])
}

/** Whether a node is open; `first`: whether it is without the reader's doing. */
export function isOpen(path: string, first: boolean): boolean {
  const chosen = parameter('path') ?? ''
  return toggled.value.get(path) ?? (first || isBelow(chosen, path))
}

/** Opens a node, or closes it. */
export function setOpen(path: string, open: boolean): void {
  toggled.value = new Map([...toggled.value, [path, open]])
  const [opened, shut] = [true, false].map((state) => textOf(state))
  if (`${opened}${shut}`.length > longest) return
  written = `${opened ?? ''}${separator}${separator}${shut ?? ''}`
  go(withParameters({ open: opened, shut }), { replace: true })
}

function textOf(state: boolean): string {
  const paths = Array.from(toggled.value).filter(([, is]) => is === state)
  return paths
    .map(([path]) => path.replaceAll('%', '%25').replaceAll(separator, '%7C'))
    .toSorted()
    .join(separator)
}

function pathsIn(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return []
  return text.split(separator).map((path) => path.replaceAll('%7C', separator).replaceAll('%25', '%'))
}
