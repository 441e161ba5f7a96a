import { pageAddress, team } from '../../address/lens.ts'
import type { TeamApproval } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { Panel } from '../../parts/panel.tsx'
import { Age } from '../../parts/time.tsx'

/** Where a team stands; without a state nobody is asked, as with a review in a file. */
export interface Standing {
  readonly team: string
  readonly contact?: string
  readonly paths: readonly string[]
  readonly required: boolean
  readonly state?: 'waiting' | 'approved' | 'objected'
  readonly by?: string
  readonly at?: string
  readonly words?: string
  /** What it said before the comparison was made anew; it does not count. */
  readonly earlier?: TeamApproval['earlier']
}

const classes = { waiting: 'unanswered', approved: 'approved', objected: 'objected' } as const
const marks = { waiting: '·', approved: '✓', objected: '!' } as const
const mostPaths = 4

/** Who has to agree, who has, and who objects in what words; one's own team first. */
export function Approvals({
  standings,
  children,
}: {
  standings: readonly Standing[]
  children?: preact.ComponentChildren
}) {
  const sorted = standings.toSorted(
    (a, b) => Number(b.team === team.value) - Number(a.team === team.value) || (a.team < b.team ? -1 : 1),
  )
  const asked = sorted.filter(({ required }) => required)
  const isAnswered = asked.some(({ state }) => state !== undefined)
  const agreed = asked.filter(({ state }) => state === 'approved').length
  return (
    <Panel
      id="h-approvals"
      title={isAnswered || standings.length === 0 ? 'Approvals' : 'Who must agree'}
      aside={isAnswered ? <span class="note">{`${agreed} of ${asked.length}`}</span> : null}
    >
      {sorted.length === 0 ? <p class="dim">It touches nothing that a team owns: nobody has to agree.</p> : null}
      <ul class="approvals">
        {sorted.map((standing) => (
          <Team key={standing.team} standing={standing} />
        ))}
      </ul>
      {children}
    </Panel>
  )
}

function Team({ standing }: { standing: Standing }) {
  const { team: name, paths, state = 'waiting', words, required, earlier, contact = contactOf(name) } = standing
  return (
    <li class={name === team.value ? `${classes[state]} own` : classes[state]}>
      <span class="st" aria-hidden="true">
        {marks[state]}
      </span>
      <span>
        <b>{name}</b> <span class="dim">{stateWords(standing)}</span>
        {words === undefined ? null : <q>{words}</q>}
        {earlier === undefined ? null : <Earlier said={earlier} />}
        {paths.length === 0 ? (
          <small>{required ? 'findings of theirs come or change' : 'not asked'}</small>
        ) : (
          <small>
            {paths.length === 1 ? '1 path' : `${paths.length} paths`}:{' '}
            {paths.slice(0, mostPaths).map((path, index) => (
              <span key={path}>
                {index === 0 ? '' : ', '}
                <a class="mono" href={pageAddress('findings', { path })}>
                  {path === '' ? 'the whole state' : path}
                </a>
              </span>
            ))}
            {paths.length > mostPaths ? ` and ${paths.length - mostPaths} more` : ''}
          </small>
        )}
        {state === 'approved' || contact === undefined ? null : <small>ask in {contact}</small>}
      </span>
    </li>
  )
}

/** What was said of another comparison: of revision so and so, where that is known. */
function Earlier({ said: { state, by, at, words, base } }: { said: NonNullable<Standing['earlier']> }) {
  return (
    <small>
      {state === 'approved' ? `${by} approved` : `${by} objected to`} the comparison{' '}
      {base === undefined ? 'before' : `with revision ${base}`} · <Age since={at} />: that does not count any more
      {words === undefined ? null : <q>{words}</q>}
    </small>
  )
}

function stateWords({ state, by, at }: Standing) {
  const age = at === undefined ? null : <Age since={at} />
  if (state === 'approved')
    return (
      <>
        approved by {by} · {age}
      </>
    )
  if (state === 'objected')
    return (
      <>
        {by} objects · {age}
      </>
    )
  return state === undefined ? '' : 'has not answered'
}
