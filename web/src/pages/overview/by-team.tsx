import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Bar } from '../../parts/bar.tsx'
import { Age } from '../../parts/time.tsx'

/** What stands against each team, worst first, and whom to ask. */
export function ByTeam({ environment }: { environment: string }) {
  const answer = useAnswer('listTeams', {
    params: { workspace: workspace.value },
    query: { environment, at: moment.value },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => {
        const rows = items.toSorted((a, b) => badness(b.findings) - badness(a.findings) || (a.name < b.name ? -1 : 1))
        const most = Math.max(1, ...rows.map(({ findings: f }) => f.conflicts + f.violates + f.undecided))
        return (
          <div class="scroll" tabIndex={0} role="region" aria-label="By team, table">
            <table class="teams">
              <thead>
                <tr>
                  <th scope="col">Team</th>
                  <th scope="col" class="bar-c">
                    <span class="sr">Share</span>
                  </th>
                  <th scope="col" class="r">
                    Conflicts
                  </th>
                  <th scope="col" class="r">
                    Violates
                  </th>
                  <th scope="col" class="r">
                    Undecided
                  </th>
                  <th scope="col" class="r">
                    New in 24 h
                  </th>
                  <th scope="col" class="r">
                    Oldest
                  </th>
                  <th scope="col">Ask</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, findings, fresh, oldest, contact }) => (
                  <tr key={name}>
                    <th scope="row">
                      <a href={pageAddress('findings', { team: name })}>{name}</a>
                    </th>
                    <td class="bar-c">
                      <Bar
                        of={most}
                        width={120}
                        parts={[
                          ['conflicts', findings.conflicts],
                          ['violates', findings.violates],
                          ['undecided', findings.undecided],
                        ]}
                      />
                    </td>
                    {(['conflicts', 'violates', 'undecided'] as const).map((outcome) => (
                      <td key={outcome} class={findings[outcome] === 0 ? 'r num zero' : 'r num'}>
                        {findings[outcome] === 0 ? (
                          0
                        ) : (
                          <a href={pageAddress('findings', { owner: name, outcome })}>{findings[outcome]}</a>
                        )}
                      </td>
                    ))}
                    <td class={fresh === 0 ? 'r num zero' : 'r num'}>
                      {fresh === 0 ? 0 : <a href={pageAddress('findings', { owner: name, sort: 'since' })}>{fresh}</a>}
                    </td>
                    <td class="r num">{oldest === undefined ? <span class="zero">–</span> : <Age since={oldest} />}</td>
                    <td class="contact">{contact}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </WhenAnswered>
  )
}

function badness({
  conflicts,
  violates,
  undecided,
}: {
  conflicts: number
  violates: number
  undecided: number
}): number {
  return conflicts * 1e12 + violates * 1e6 + undecided
}
