import { Outcome } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import type { StripData } from './span.ts'

/** The picture in words, for who cannot see it or wants the numbers. */
export function AsTable({ data: { timelines } }: { data: StripData }) {
  return (
    <details class="as-table">
      <summary>The same as a table</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Verdicts over time">
        <table>
          <thead>
            <tr>
              <th scope="col">Environment</th>
              <th scope="col">From</th>
              <th scope="col">Verdict</th>
              <th scope="col" class="r">
                Violate
              </th>
              <th scope="col" class="r">
                Undecided
              </th>
            </tr>
          </thead>
          <tbody>
            {timelines.flatMap(({ name, segments }) =>
              segments.map(({ check, from, verdict, counts }) => (
                <tr key={check}>
                  <th scope="row">{name}</th>
                  <td class="num">{fullTime(from)}</td>
                  <td>
                    <Outcome of={verdict} />
                  </td>
                  <td class="r num">{counts.byOutcome.violates + counts.byOutcome.conflicts}</td>
                  <td class="r num">{counts.byOutcome.undecided}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  )
}
