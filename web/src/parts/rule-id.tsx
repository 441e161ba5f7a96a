import { Fragment } from 'preact'

/** The id of a rule, which may break after its colons and dots: one that was derived from a path is long. */
export function RuleId({ id }: { id: string }) {
  return (
    <>
      {id.split(/(?<=[.:])/).map((piece, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          {piece}
        </Fragment>
      ))}
    </>
  )
}
