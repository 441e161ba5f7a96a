import type { ComponentChildren } from 'preact'
import type { ReviewEnvironment } from '../../api/operations.ts'
import { Message } from '../../parts/message.tsx'
import { LookTwice } from './look-twice.tsx'
import { NewConflicts } from './new-conflicts.tsx'
import type { Comparison } from './news.ts'
import { WhatItMeans } from './what-it-means.tsx'
import { WhoIsHit } from './who-is-hit.tsx'

/** What a change does in one environment, whom it hits, and what is to be decided: of a proposal and of a file alike. */
export function Body({
  comparison,
  shown,
  approvals,
}: {
  comparison: Comparison
  shown: ReviewEnvironment
  approvals: ComponentChildren
}) {
  const { faults, notes } = comparison
  return (
    <div class="with-right">
      <div class="stack">
        {faults.map(({ environment, code, message }) => (
          <div key={environment} class="nobody hatch">
            <b>{environment} could not be compared: nobody can say what it does there.</b>
            <span>
              <Message text={message} /> <code>{code}</code>
            </span>
          </div>
        ))}
        <WhoIsHit shown={shown} />
        <WhatItMeans shown={shown} files={comparison.files} />
        {notes.length === 0 ? null : (
          <details class="notes">
            <summary>{notes.length === 1 ? 'One note' : `${notes.length} notes`}</summary>
            <ul>
              {notes.map(({ code, message }, index) => (
                <li key={index}>
                  <Message text={message} /> <code>{code}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <aside class="stack side" aria-label="Decision">
        {approvals}
        <NewConflicts comparison={comparison} name={shown.name} />
        <LookTwice comparison={comparison} />
      </aside>
    </div>
  )
}
