import { pageAddress } from '../../address/lens.ts'
import type { ReviewChange, ReviewExample } from '../../api/operations.ts'
import { PathText } from '../../parts/path-text.tsx'
import { valueText } from '../../parts/value.ts'
import { QuotedPlace } from './quoted-place.tsx'
import { RuleLink } from './rule-link.tsx'

/** One change: where, from what to what, a value about which both sides disagree, and how much of what is observed it speaks about. */
export function ChangeItem({ change, isObserved }: { change: ReviewChange; isObserved: boolean }) {
  const { at, before, after, conjuncts, side, teams } = change
  const [place, ...places] = conjuncts
  return (
    <li>
      <div class="l1">
        {at === '' ? (
          <b>the whole state</b>
        ) : (
          <a class="row" href={pageAddress('tree', { path: treePath(at) })}>
            <PathText at={at} />
          </a>
        )}
      </div>
      {place === undefined ? null : (
        <QuotedPlace
          at={place}
          tone="want"
          before={side === 'base' ? 'was ' : ''}
          after={places.length === 0 ? '' : ` and ${places.length} more`}
        />
      )}
      <div class="ba">
        {before === undefined ? null : <Text text={before} of="before" />}
        {before === undefined || after === undefined ? null : (
          <span class="arrow" aria-hidden="true">
            →
          </span>
        )}
        {after === undefined ? null : <Text text={after} of="after" />}
        {after === undefined && change.change === 'default' ? <span class="dim">is no default any more</span> : null}
        <span class="by">
          {teams.join(', ')} <Rules change={change} />
        </span>
      </div>
      <div class="l3">
        {[change.example, change.opposite].map((example) =>
          example === undefined ? null : <Example key={example.after} example={example} />,
        )}
        <Reach change={change} isObserved={isObserved} />
      </div>
    </li>
  )
}

/** Where in the tree it stands: down to what a pattern says of many. */
function treePath(at: string): string {
  return at.replace(/\.?\[[^\]0-9].*$|\.?\[\].*$/s, '')
}

function Text({ text, of }: { text: string; of: 'before' | 'after' }) {
  return (
    <span class={of}>
      <span class="sr">{of} </span>
      <code>{text}</code>
    </span>
  )
}

function Rules({ change: { conjuncts } }: { change: ReviewChange }) {
  const ids = [...new Set(conjuncts.flatMap(({ rule }) => rule ?? []))]
  return (
    <>
      {ids.map((id) => (
        <RuleLink key={id} id={id} />
      ))}
    </>
  )
}

function Example({ example }: { example: ReviewExample }) {
  return (
    <span class="ex">
      <code>{valueText(example.value)}</code> {example.before} <span aria-hidden="true">→</span>
      <span class="sr">before, after</span> <b class={example.after}>{example.after}</b>
    </span>
  )
}

function Reach({ change: { matches, hits = 0 }, isObserved }: { change: ReviewChange; isObserved: boolean }) {
  if (!isObserved || matches === undefined) return null
  if (matches === 0) return <span class="hits warn">matches nothing that is observed</span>
  const paths = `${matches.toLocaleString('en')} observed ${matches === 1 ? 'path' : 'paths'}`
  if (hits === 0)
    return (
      <span class="hits dim">{matches === 1 ? 'the one observed path is not hit' : `none of ${paths} is hit`}</span>
    )
  return (
    <span class="hits">
      <b>{hits.toLocaleString('en')}</b> of {paths} {hits === 1 ? 'is' : 'are'} hit
    </span>
  )
}
