import { pageAddress } from '../../address/lens.ts'
import type { TreeNode } from '../../api/operations.ts'
import { Message } from '../../parts/message.tsx'
import { valueText } from '../../parts/value.ts'
import { whyUndecided } from '../../parts/why-undecided.ts'

const most = 4

/** What was observed, by whom; `=` where somebody says the same again; or why nobody can say. */
export function Seen({ node }: { node: TreeNode }) {
  const { observations, found } = node
  const texts = observations.map(({ value }) => valueText(value))
  return (
    <>
      {observations.slice(0, most).map(({ observer, sequence }, index) => {
        const isSame = texts.indexOf(texts[index] ?? '') < index
        return (
          <span key={`${observer} ${sequence}`} class={isSame ? 'ob same' : 'ob'}>
            <bdi class="mono">{isSame ? '=' : texts[index]}</bdi> <small>{observer}</small>
          </span>
        )
      })}
      {observations.length > most ? <small class="ob">and {observations.length - most} more</small> : null}
      <NotSeen node={node} />
      {found.map(({ fingerprint, kind, outcome, rule, exempted }) => (
        <a
          key={fingerprint}
          class={`tag ${exempted === undefined ? outcome : 'exempted'}`}
          href={pageAddress(`findings/${fingerprint}`)}
          tabIndex={-1}
        >
          {tagText({ kind, outcome, rule })}
        </a>
      ))}
    </>
  )
}

function NotSeen({ node: { observations, unseen, unseenBecause, members, kind, found } }: { node: TreeNode }) {
  if (unseen !== undefined)
    return (
      <span class="un" title={unseenBecause?.replaceAll('`', '')}>
        {whyUndecided[unseen]}
        {unseenBecause === undefined || found.length === 0 ? null : (
          <small>
            <Message text={unseenBecause} />
          </small>
        )}
      </span>
    )
  const isLeaf = members === undefined && kind !== 'observed' && kind !== 'found'
  if (observations.length > 0 || !isLeaf || found.some(({ outcome }) => outcome === 'undecided')) return null
  return <span class="zero">not there</span>
}

/** The rule that somebody gave a name, else what sort of finding it is. */
function tagText({ kind, outcome, rule }: { kind: string; outcome: string; rule: string }): string {
  return outcome === 'undecided' || rule.includes(':') ? kind : rule
}
