import { useEffect, useRef, useState } from 'preact/hooks'
import { go, parameter, withParameters } from '../address/address.ts'

const restMs = 250

/** The search of a page, which is `q` of the address. Typing changes that once it rests, in place: the way back is not one letter at a time. */
export function SearchField({ label, placeholder }: { label: string; placeholder: string }) {
  const asked = parameter('q') ?? ''
  const [text, setText] = useState(asked)
  const sent = useRef(asked)
  useEffect(() => {
    // The address changed by other ways: a link, or the way back.
    if (asked !== sent.current) setText(asked)
    sent.current = asked
  }, [asked])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      go(withParameters({ q: text }), { replace: true })
    }, restMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
    />
  )
}
