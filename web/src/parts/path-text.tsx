import { Fragment } from 'preact'

/** A CUE path that may break after its dots, with its last label strongest. */
export function PathText({ at }: { at: string }) {
  const labels = at.match(/"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^."[]+/g) ?? [at]
  return (
    <span class="path">
      {labels.map((label, index) => {
        const isLast = index === labels.length - 1
        const dot = index > 0 && !label.startsWith('[')
        return (
          <Fragment key={index}>
            {dot ? '.' : ''}
            {index > 0 ? <wbr /> : null}
            {isLast ? <b>{label}</b> : label}
          </Fragment>
        )
      })}
    </span>
  )
}
