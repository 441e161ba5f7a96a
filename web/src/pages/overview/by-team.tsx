import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Bar } from '../../parts/bar.tsx'
import { counted } from '../../parts/panel.tsx'
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
        const sorted = items.toSorted((a, b) => badness(b.findings) - badness(a.findings) || (a.name < b.name ? -1 : 1))
        const rows = sorted.filter(({ findings }) => badness(findings) > 0)
        const others = sorted.filter(({ findings }) => badness(findings) === 0).map(({ name }) => name)
        const hasConflicts = rows.some(({ findings }) => findings.conflicts > 0)
        if (rows.length === 0) return <p class="dim">Nothing stands against any of {counted(items.length, 'team')}.</p>
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
                  {hasConflicts ? (
                    <th scope="col" class="r">
                      Conflicts
                    </th>
                  ) : null}
                  <th scope="col" class="r">
                    Violates
                  </th>
                  <th scope="col" class="r">
                    New in 24 h
                  </th>
                  <th scope="col" class="r">
                    Undecided
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
                      <a href={pageAddress('findings', { owner: name, team: undefined })}>{name}</a>
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
                    {hasConflicts ? <Count count={findings.conflicts} of={name} outcome="conflicts" /> : null}
                    <Count count={findings.violates} of={name} outcome="violates" />
                    <Count count={fresh} of={name} outcome="conflicts,violates,undecided" since="24h" />
                    <Count count={findings.undecided} of={name} outcome="undecided" />
                    <td class="r num">{oldest === undefined ? <span class="zero">–</span> : <Age since={oldest} />}</td>
                    <td class="contact">{contact}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {others.length === 0 ? null : (
              <p class="note rest">
                Nothing stands against {others.slice(0, named).join(', ')}
                {others.length > named ? ` and ${others.length - named} more` : ''}.
              </p>
            )}
          </div>
        )
      }}
    </WhenAnswered>
  )
}

const named = 12

function Count({ count, of, outcome, since }: { count: number; of: string; outcome: string; since?: string }) {
  if (count === 0) return <td class="r num zero">0</td>
  return (
    <td class="r num">
      <a href={pageAddress('findings', { owner: of, outcome, since, team: undefined })}>{count.toLocaleString('en')}</a>
    </td>
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
