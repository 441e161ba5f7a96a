import { withParameters } from '../../address/address.ts'
import type { StoredSnapshot } from '../../api/operations.ts'
import type { Causality } from './causality.ts'

/** The picture in numbers: what each snapshot had seen of every observer, through whomever. */
export function VectorTable({ order }: { order: Causality<StoredSnapshot> }) {
  return (
    <details class="as-table">
      <summary>The same as a table</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Snapshots and their vectors">
        <table>
          <thead>
            <tr>
              <th scope="col">Snapshot</th>
              {order.lanes.map((lane) => (
                <th key={lane} scope="col" class="r">
                  {lane}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.places.map(({ key }) => {
              const vector = order.vector(key)
              return (
                <tr key={key}>
                  <th scope="row">
                    <a href={withParameters({ snapshot: key })}>{key}</a>
                  </th>
                  {order.lanes.map((lane) => (
                    <td key={lane} class={vector.has(lane) ? 'r num' : 'r zero'}>
                      {vector.get(lane) ?? '–'}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </details>
  )
}
