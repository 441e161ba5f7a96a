import type { ReportConjunct } from '../../api/operations.ts'
import type { Tone } from '../../code/code-frame.tsx'
import { Frame } from '../../parts/frame.tsx'
import { Folding } from './folding.tsx'

/** Where something stands, and the lines around it once they are wanted; of a review in a file nobody keeps them. */
export function QuotedPlace({
  at,
  tone,
  before = '',
  after = '',
}: {
  at: ReportConjunct
  tone: Tone
  before?: string
  after?: string
}) {
  const { team, file, line, column, digest, rule } = at
  const place = `${before}${file}:${line}${after}`
  if (digest === undefined) return <span class="where mono">{place}</span>
  return (
    <div class="quoted">
      <Folding summary={<span class="where mono">{place}</span>}>
        <Frame at={{ digest, file, line, column }} tone={tone} meta={rule === undefined ? team : `${team} · ${rule}`} />
      </Folding>
    </div>
  )
}
