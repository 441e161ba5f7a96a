import { team } from '../../address/lens.ts'
import type { ReviewChange, ReviewEnvironment } from '../../api/operations.ts'
import { counted, Panel } from '../../parts/panel.tsx'
import { ChangeItem } from './change-item.tsx'
import { Folding } from './folding.tsx'
import { type Meaning, meanings } from './meanings.ts'
import type { Comparison } from './news.ts'
import { Some } from './some.tsx'

/** More changes of one sort than this are folded, rule by rule. */
const mostPlain = 12
const firstOfFold = 20

/** Every change of meaning, those first that allow less. */
export function WhatItMeans({ shown, files }: { shown: ReviewEnvironment; files: Comparison['files'] }) {
  const { changes } = shown
  return (
    <Panel
      id="h-mean"
      title="What it means"
      aside={
        <span class="note">
          {counted(changes.length, 'change')} of meaning{filesWords(files)}
        </span>
      }
    >
      {changes.length === 0 ? (
        <p class="dim">What {shown.name} asks for stays the same, whatever was moved or reworded.</p>
      ) : (
        meanings.map((meaning) => <OfMeaning key={meaning.name} meaning={meaning} shown={shown} />)
      )}
    </Panel>
  )
}

function filesWords(files: Comparison['files']): string {
  if (files === undefined || files.silent === 0) return ''
  const { changed, silent } = files
  if (silent === changed) return `; ${counted(silent, 'changed file')} ${silent === 1 ? 'changes' : 'change'} nothing`
  return `; ${silent} of ${counted(changed, 'changed file')} ${silent === 1 ? 'changes' : 'change'} nothing`
}

function OfMeaning({ meaning, shown }: { meaning: Meaning; shown: ReviewEnvironment }) {
  const { name, hint, sign, kinds } = meaning
  const changes = shown.changes.filter(({ change }) => kinds.includes(change)).toSorted(ownFirst)
  if (changes.length === 0) return null
  const id = `m-${name.toLowerCase()}`
  return (
    <section class="meaning" aria-labelledby={id}>
      <h3 id={id}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {name} <span class="n num">{changes.length}</span>
        <small>{hint}</small>
      </h3>
      {changes.length <= mostPlain ? (
        <Changes changes={changes} shown={shown} />
      ) : (
        Array.from(byRule(changes), ([rule, some]) => <Fold key={rule} rule={rule} changes={some} shown={shown} />)
      )}
    </section>
  )
}

function Changes({ changes, shown }: { changes: readonly ReviewChange[]; shown: ReviewEnvironment }) {
  return (
    <ul>
      <Some of={changes} first={firstOfFold} more={(button) => <li>{button}</li>}>
        {(change, index) => <ChangeItem key={index} change={change} isObserved={shown.snapshots.length > 0} />}
      </Some>
    </ul>
  )
}

/** Changes by one rule, or of one file where no rule is named; their content is made when it is wanted. */
function Fold({ rule, changes, shown }: { rule: string; changes: readonly ReviewChange[]; shown: ReviewEnvironment }) {
  const hits = changes.reduce((sum, change) => sum + (change.hits ?? 0), 0)
  return (
    <Folding
      summary={
        <>
          <b>{rule}</b> <span class="n num">{changes.length}</span>{' '}
          {hits > 0 ? (
            <span class="hits bad">hit {hits === 1 ? 'once' : `${hits.toLocaleString('en')} times`}</span>
          ) : null}
        </>
      }
    >
      <Changes changes={changes} shown={shown} />
    </Folding>
  )
}

function ownFirst(a: ReviewChange, b: ReviewChange): number {
  return Number(isOwn(b)) - Number(isOwn(a)) || (b.hits ?? 0) - (a.hits ?? 0)
}

function isOwn({ owner, teams }: ReviewChange): boolean {
  return team.value !== undefined && (owner === team.value || teams.includes(team.value))
}

function byRule(changes: readonly ReviewChange[]): ReadonlyMap<string, readonly ReviewChange[]> {
  const groups = new Map<string, ReviewChange[]>()
  for (const change of changes) {
    const named = change.conjuncts.find(({ rule }) => rule !== undefined)?.rule
    const name = named ?? change.conjuncts[0]?.file ?? 'without a line of its own'
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [change])
    else group.push(change)
  }
  return groups
}
