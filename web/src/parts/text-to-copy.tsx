import { useRef, useState } from 'preact/hooks'
import './text-to-copy.css'

/** The text, and a button that takes it along; where the browser forbids that, the text is chosen, to be copied by keys. */
export function TextToCopy({ text, label }: { text: string; label: string }) {
  const place = useRef<HTMLPreElement>(null)
  const [copied, setCopied] = useState<{ readonly text: string; readonly said: string }>()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied({ text, said: 'Copied.' })
    } catch {
      if (place.current !== null) getSelection()?.selectAllChildren(place.current)
      setCopied({ text, said: 'Chosen: copy it by your keys.' })
    }
  }
  return (
    <>
      <pre ref={place} class="box" tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <p class="copy">
        <button type="button" class="primary" onClick={() => void copy()}>
          Copy
        </button>
        <span role="status">{copied?.text === text ? copied.said : ''}</span>
      </p>
    </>
  )
}
