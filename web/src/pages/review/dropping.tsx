import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { openFiles } from './opened-file.ts'

/** Takes a file that is dropped anywhere on the page. */
export function Dropping({ children }: { children: ComponentChildren }) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      void openFiles(files)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return (
    <div class={isOver ? 'stack dropping' : 'stack'}>
      {isOver ? <p class="drop-here">Drop it to see what it says. It stays in this browser.</p> : null}
      {children}
    </div>
  )
}

/** The same by a button. */
export function ChooseFile() {
  return (
    <label class="button choose">
      Open a review file …
      <input
        type="file"
        class="sr"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          currentTarget.value = ''
          void openFiles(files)
        }}
      />
    </label>
  )
}
