import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { takeArrival } from '../address/address.ts'

/** A section of a page with a heading of its own. `flush`: what it holds goes to its edges. */
export function Panel({
  id,
  title,
  aside,
  flush = false,
  children,
}: {
  id: string
  title: ComponentChildren
  aside?: ComponentChildren
  flush?: boolean
  children: ComponentChildren
}) {
  return (
    <section class={`panel${flush ? ' flush' : ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

/** The heading of a page; it takes the focus when the page is come to. */
export function Title({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takeArrival()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  )
}

/** `1 finding`, `3 findings` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
