import { type ComponentChildren, options, type VNode } from 'preact'

// What controls or reorders text, what separates lines without showing, and halves of characters.
const unseen =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}]/gu
const harmless = /^[\t\n\x20-\x7e]*$/
const pictures = 0x2400
const deleted = 0x7f

/** Characters of one text that a page shows: what is longer stands in a file, and nobody reads it here. */
const most = 20_000

/** A text of which everything shows and nothing acts: `␛` for what controls, `\u{202e}` for what reorders; tabs and line ends stay. */
export function visibleText(text: string): string {
  const shown = text.length > most ? `${text.slice(0, most)}… (${text.length.toLocaleString('en')} characters)` : text
  return harmless.test(shown) ? shown : shown.replaceAll(unseen, mark)
}

function mark(character: string): string {
  if (character === '\t' || character === '\n') return character
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(pictures + code)
  return code === deleted ? '␡' : `\\u{${code.toString(16)}}`
}

/** Lets every text that any component shows be a visible one, and every title and label: one place, so that none is forgotten. */
export function showEverything(): void {
  const before = options.vnode?.bind(options)
  options.vnode = (vnode) => {
    if (typeof vnode.type === 'string') makeVisible(vnode)
    before?.(vnode)
  }
}

const told = ['title', 'aria-label', 'placeholder'] as const

function makeVisible({ props }: VNode<Record<string, unknown>>): void {
  props.children = visibleChildren(props.children)
  for (const name of told) {
    const text = props[name]
    if (typeof text === 'string') props[name] = visibleText(text)
  }
}

function visibleChildren(children: ComponentChildren): ComponentChildren {
  if (typeof children === 'string') return visibleText(children)
  return Array.isArray(children) ? children.map(visibleChildren) : children
}
