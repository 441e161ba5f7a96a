import { pageAddress, workspace } from '../../address/lens.ts'
import { Panel, Title } from '../../parts/panel.tsx'
import { Shape } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { Approvals } from './approvals.tsx'
import { Body } from './body.tsx'
import { ChooseFile, Dropping } from './dropping.tsx'
import { openedFile, type OpenedFile, type ReviewInFile } from './opened-file.ts'
import { Sentence } from './sentence.tsx'
import { ComparedEnvironments, markOfNews, shownEnvironment } from './shown-environment.tsx'
import './review.css'

/** A review that the reader has as a file, shown as a proposal is. */
export function FileReview() {
  const file = openedFile.value
  return (
    <Dropping>
      <nav class="crumbs" aria-label="Where you are">
        <a href={pageAddress('review')}>Reviews</a> <span aria-hidden="true">/</span> {file?.name ?? 'a file'}
      </nav>
      {file?.review === undefined ? (
        <NoReview file={file} />
      ) : (
        <Shown key={file.name} name={file.name} review={file.review} />
      )}
    </Dropping>
  )
}

function Shown({ name, review }: { name: string; review: ReviewInFile }) {
  const comparison = { ...review, faults: review.faults ?? [] }
  const shown = shownEnvironment(comparison)
  const standings = review.approvals.map((one) => ({ ...one, required: true }))
  return (
    <>
      <div class="verdict">
        <Shape of={shown === undefined ? 'undecided' : markOfNews(shown)} big quiet />
        <div>
          <Title>
            From {review.base.ref} to {review.head.ref}
          </Title>
          {shown === undefined ? (
            <p class="lead">No environment could be compared: nobody can say what it does.</p>
          ) : (
            <Sentence comparison={comparison} shown={shown} />
          )}
          <p class="meta">
            {review.workspace}, <span class="mono">{sideText(review.head)}</span> against{' '}
            <span class="mono">{sideText(review.base)}</span>, reviewed {timeText(review.reviewedAt)}
          </p>
        </div>
        {shown === undefined ? null : <ComparedEnvironments comparison={comparison} shown={shown} />}
      </div>
      <p class="said">
        From the file <b>{name}</b>, which stays in this browser until the page is left: nobody else sees it at this
        address.{' '}
        {review.workspace === workspace.value
          ? null
          : `It is about the workspace ${review.workspace}; links lead into ${workspace.value}. `}
        <ChooseFile />
      </p>
      {shown === undefined ? null : (
        <Body comparison={comparison} shown={shown} approvals={<Approvals standings={standings} />} />
      )}
    </>
  )
}

function sideText({ ref, commit }: ReviewInFile['base']): string {
  return commit === undefined ? ref : `${ref} ${commit.slice(0, 10)}`
}

/** The time as the file has it where it is none. */
function timeText(time: string): string {
  return Number.isNaN(Date.parse(time)) ? time : fullTime(time)
}

function NoReview({ file }: { file: OpenedFile | undefined }) {
  return (
    <>
      <div class="head">
        <Title>{file === undefined ? 'A review in a file' : 'This file is no review'}</Title>
        <ChooseFile />
      </div>
      {file?.refused === undefined ? null : (
        <div class="failure" role="alert">
          <div>
            <b>{file.name}</b> cannot be shown:
            <ul>
              {file.refused.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <Panel id="h-file" title="What is read here">
        <p>
          The file that this writes, dropped anywhere on this page. It stays in this browser, and is gone when the page
          is left.
        </p>
        <pre class="commands" tabIndex={0}>
          congruent review --format json &gt; review.json
        </pre>
      </Panel>
    </>
  )
}
