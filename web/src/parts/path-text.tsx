import { Fragment } from 'preact'

/** A CUE path that may break after its dots, with its last label strongest; the path without labels in words, as nothing of it would show. */
export function PathText({ at }: { at: string }) {
  if (at === '') return <span class="path words">the whole state</span>
  const labels = labelsOf(at)
  return (
    <span class="path">
      {labels.map((label, index) => (
        <Fragment key={index}>
          {label.startsWith('.') ? '.' : ''}
          {index > 0 ? <wbr /> : null}
          {index === labels.length - 1 ? <b>{label.replace(/^\./, '')}</b> : label.replace(/^\./, '')}
        </Fragment>
      ))}
    </span>
  )
}

/** Labels with the dots before them; one for all where a text is no path, such as the name of a file. */
function labelsOf(at: string): readonly string[] {
  const labels = at.match(/(?:^|\.)(?:"(?:[^"\\]|\\.)*"|[^."[\]]+)|\[[^\]]*\]/g) ?? []
  return labels.join('') === at && !at.startsWith('.') ? labels : [at]
}
