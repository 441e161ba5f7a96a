import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { WorkspaceEvent } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { causeText } from '../../parts/cause-text.ts'
import { counted } from '../../parts/panel.tsx'
import { Outcome, wordOf } from '../../parts/shape.tsx'
import { clockTime, fullTime } from '../../parts/time.tsx'

type Event<Kind extends WorkspaceEvent['kind']> = WorkspaceEvent & { readonly kind: Kind }
type Check = Event<'check'>

const shown = 8

/** Checks that found something else than the one before: what brought that, where, and what came of it. */
export function Changes({ environment }: { environment: string }) {
  const answer = useAnswer('listEvents', {
    params: { workspace: workspace.value },
    query: { kinds: ['check', 'revision', 'stale'], to: moment.value, limit: 500 },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => {
        const checks = items.filter(
          (event): event is Check => event.kind === 'check' && event.environment === environment,
        )
        const changes = checks.filter(({ change }) => change.added + change.gone > 0)
        if (changes.length === 0)
          return (
            <p class="dim">
              {checks.length === 0
                ? 'Nothing yet: the first check comes by itself with what is pushed or observed.'
                : `Nothing that was found changed in the last ${counted(checks.length, 'check')}.`}
            </p>
          )
        return (
          <ol class="events">
            {changes.slice(0, shown).map((check) => (
              <Change key={check.event} check={check} events={items} />
            ))}
          </ol>
        )
      }}
    </WhenAnswered>
  )
}

function Change({ check, events }: { check: Check; events: readonly WorkspaceEvent[] }) {
  const { at, cause, change } = check
  const title = titleOf(check, events)
  const by = authorOf(check, events)
  const { paths = [], addedAs } = change
  const more = (change.added > 0 ? change.added : change.gone) - paths.length
  return (
    <li class={cause.kind}>
      <time class="num" dateTime={at} title={fullTime(at)}>
        {clockTime(at)}
      </time>
      <span class="kind" aria-hidden="true">
        {marks[cause.kind]}
      </span>
      <span class="what">
        <a href={pageAddress('', { at })}>{title}</a>
        <small>
          {by === undefined ? null : <>{by}. </>}
          {change.added === 0 ? 'gone: ' : ''}
          {paths.map((path) => (path === '' ? 'the whole state' : path)).join(', ')}
          {more > 0 && paths.length > 0 ? ` and ${more} more` : ''}
        </small>
      </span>
      <span class="effect num">
        {addedAs === undefined
          ? change.added > 0 && <span>+{change.added}</span>
          : (['conflicts', 'violates', 'undecided', 'exempted', 'none'] as const).map((mark) =>
              addedAs[mark] === 0 ? null : (
                <Outcome key={mark} of={mark}>
                  +{addedAs[mark]}
                  <span class="sr"> {wordOf[mark]}</span>
                </Outcome>
              ),
            )}
        {change.gone > 0 ? (
          <Outcome of="conforms">
            −{change.gone}
            <span class="sr"> gone</span>
          </Outcome>
        ) : null}
      </span>
    </li>
  )
}

const marks: Readonly<Record<Check['cause']['kind'], string>> = {
  revision: '▾',
  snapshot: '|',
  silence: '▨',
  request: '·',
}

/** What brought a check: by silence, who has been silent for too long. */
function titleOf({ at, cause, environment }: Check, events: readonly WorkspaceEvent[]): string {
  if (cause.kind === 'silence') {
    const stale = events.filter(
      (event): event is Event<'stale'> =>
        event.kind === 'stale' && event.at === at && event.environment === environment,
    )
    const silent = stale.map(({ observer, sequence }) => `${observer} #${sequence}`)
    return silent.length === 0 ? causeText(cause) : `${silent.join(', ')} grew too old`
  }
  const revision = revisionOf(cause, events)
  if (revision?.cause.kind === 'fragments') return `${revision.cause.team} changed its constraints`
  if (revision?.cause.kind === 'proposal') return `a proposal of ${revision.cause.team} was adopted`
  return revision === undefined ? causeText(cause) : 'the workspace’s own files changed'
}

/** Of which revision it is, and who made it. */
function authorOf({ cause }: Check, events: readonly WorkspaceEvent[]): string | undefined {
  if (cause.kind !== 'revision') return undefined
  const by = revisionOf(cause, events)?.by
  return `revision ${cause.revision}${by === undefined || by === 'anonymous' ? '' : `, by ${by}`}`
}

function revisionOf(cause: Check['cause'], events: readonly WorkspaceEvent[]): Event<'revision'> | undefined {
  if (cause.kind !== 'revision') return undefined
  return events.find(
    (event): event is Event<'revision'> => event.kind === 'revision' && event.revision === cause.revision,
  )
}
