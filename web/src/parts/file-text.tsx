import { Fragment } from 'preact'

/** A place in a file; it may break after its slashes. */
export function FileText({ file, line }: { file: string; line?: number | undefined }) {
  const labels = file.split(/(?<=\/)/)
  return (
    <>
      {labels.map((label, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          {label}
        </Fragment>
      ))}
      {line === undefined ? null : `:${line}`}
    </>
  )
}
