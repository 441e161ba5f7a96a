import type { ComponentChildren } from 'preact'
import { withParameters } from '../../address/address.ts'
import type { ReviewEnvironment } from '../../api/operations.ts'
import { counted } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { type Comparison, countedNews, minorNews, newsByOwner, type NewsCounts } from './news.ts'
import { directionsOf, directionWords, listed } from './meanings.ts'

/** What the change does in one environment, and where it cannot hold in others, in sentences that could be read aloud. */
export function Sentence({ comparison, shown }: { comparison: Comparison; shown: ReviewEnvironment }) {
  const others = comparison.environments.filter(({ name }) => name !== shown.name)
  return (
    <p class="lead">
      {only(shown)}
      This {directionWords(shown.name, directionsOf(shown.changes))}
      <Hits shown={shown} /> <Contradictions environments={[shown]} />
      <Contradictions environments={others} linked />
      <Others environments={others} />
    </p>
  )
}

function only({ name, only }: ReviewEnvironment): string {
  if (only === undefined) return ''
  return only === 'head' ? `The environment ${name} is new. ` : `The environment ${name} is gone. `
}

function Hits({ shown }: { shown: ReviewEnvironment }) {
  const { violating, undecided, fixed } = pathsOfNews({ ...shown, conflicts: none })
  const minor = minorNews(shown).length
  if (shown.snapshots.length === 0) return <>; nothing is observed there, so nobody can say whom it hits.</>
  if (violating + undecided + fixed + minor === 0) return <>. Nothing that is observed is hit.</>
  const parts: readonly ComponentChildren[] = [
    ...(violating > 0 ? [<b>{`${counted(violating, 'path')} would newly violate`}</b>] : []),
    ...(fixed > 0 ? [`${counted(fixed, 'finding')} would be gone`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'path')} could no longer be decided`] : []),
    ...(minor > 0 ? [`${minor} more would be told without a say in the verdict`] : []),
  ]
  return (
    <>
      {': '}
      {parts.map((part, index) => (
        <span key={index}>
          {index === 0 ? '' : ', '}
          {part}
        </span>
      ))}
      .
    </>
  )
}

/** At how many paths something newly violates or cannot be decided any more, however many rules say so; and how many findings go. */
function pathsOfNews(environment: ReviewEnvironment): Pick<NewsCounts, 'violating' | 'undecided' | 'fixed'> {
  const news = newsByOwner(environment, undefined)
  const paths = (kind: 'violating' | 'undecided'): number =>
    new Set(news.flatMap((owner) => owner[kind].map(({ at }) => at))).size
  return { violating: paths('violating'), undecided: paths('undecided'), fixed: countedNews(news).fixed }
}

const none = { new: [], resolved: [] }

/** Where it contradicts other fragments, and whose. */
function Contradictions({
  environments,
  linked = false,
}: {
  environments: readonly ReviewEnvironment[]
  linked?: boolean
}) {
  return (
    <>
      {environments.map(({ name, conflicts }) => {
        const [first, ...more] = conflicts.new
        if (first === undefined) return null
        return (
          <span key={name}>
            In {linked ? <a href={withParameters({ env: name })}>{name}</a> : name} it <b>conflicts</b>{' '}
            {first.teams.length > 1 ? `between ${listed(first.teams)}` : 'with itself'} at <PathText at={first.at} />
            {more.length > 0 ? ` and ${counted(more.length, 'other place')}` : ''}.{' '}
          </span>
        )
      })}
    </>
  )
}

/** Other environments in which something is hit, or that are left alone. */
function Others({ environments }: { environments: readonly ReviewEnvironment[] }) {
  const hit = environments
    .filter(({ conflicts }) => conflicts.new.length === 0)
    .map((environment) => {
      const { violating, undecided } = pathsOfNews(environment)
      return { name: environment.name, violating, undecided, changes: environment.changes.length }
    })
  const told = hit.filter(({ violating, undecided, changes }) => violating + undecided + changes > 0)
  const alone = hit.filter(({ violating, undecided, changes }) => violating + undecided + changes === 0)
  return (
    <>
      {told.map(({ name, violating, undecided, changes }) => (
        <span key={name}>
          In <a href={withParameters({ env: name })}>{name}</a>{' '}
          {violating > 0
            ? `${counted(violating, 'path')} would newly violate`
            : undecided > 0
              ? `${counted(undecided, 'path')} could no longer be decided`
              : `${counted(changes, 'constraint')} ${changes === 1 ? 'changes' : 'change'} and nothing is hit`}
          .{' '}
        </span>
      ))}
      {alone.length === 0
        ? null
        : `${listed(alone.map(({ name }) => name))} ${alone.length === 1 ? 'stays as it is' : 'stay as they are'}.`}
    </>
  )
}
