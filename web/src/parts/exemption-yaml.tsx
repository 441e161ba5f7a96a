import type { TargetedInputEvent } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { workspace } from '../address/lens.ts'
import { exemptionText, proposedId } from './exemption-text.ts'
import { useKept } from './kept.ts'
import { TextToCopy } from './text-to-copy.tsx'
import { now } from './time.tsx'
import './exemption-yaml.css'

const dayMs = 24 * 60 * 60_000
/** How long an exemption holds where nobody chose yet. */
const proposedDays = 30

/** What is to be excused: one rule at one path. `owner`: the team that would answer for it. */
export interface Excused {
  readonly rule: string
  readonly path: string
  readonly environment?: string | undefined
  readonly owner?: string | undefined
}

/**
 * Writes an exemption as YAML to copy into a file of the workspace: it is agreed in a pull request, not here. What is typed stays in this
 * tab. `title` opens it: a button that says so.
 */
export function ExemptionYaml({ excused, title = 'Ask for an exemption' }: { excused: Excused; title?: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  const open = (): void => {
    setOpen(true)
    dialog.current?.showModal()
  }
  return (
    <>
      <button type="button" onClick={open}>
        {title}
      </button>
      <dialog ref={dialog} class="exemption" aria-label={title} onClose={() => setOpen(false)}>
        <h2>{title}</h2>
        <p>
          Exemptions live in files that the workspace reviews. Put this into one that <code>exemptions</code> of{' '}
          <code>congruent.yaml</code> names, and open a pull request.
        </p>
        {isOpen ? <Draft excused={excused} /> : null}
        <form method="dialog">
          <button>Close</button>
        </form>
      </dialog>
    </>
  )
}

function Draft({ excused }: { excused: Excused }) {
  const { rule, path, environment, owner = '' } = excused
  const key = (field: string): string => JSON.stringify(['exemption', workspace.value, rule, path, environment, field])
  const [id, setId] = useKept(key('id'), proposedId(rule, path))
  const [answers, setAnswers] = useKept(key('owner'), owner)
  const [reason, setReason] = useKept(key('reason'), '')
  const [approvedBy, setApprovedBy] = useKept(key('by'), '')
  const [expires, setExpires] = useKept(key('until'), dayAfter(proposedDays))
  const draft = { id, rule, path, environment, owner: answers, reason, approvedBy, expires }
  const missing = [
    id === '' && 'its name',
    answers === '' && 'the team that answers for it',
    reason.trim() === '' && 'the reason',
    !/^\d{4}-\d{2}-\d{2}$/.test(expires) && 'its last day',
  ].filter((part) => part !== false)
  return (
    <>
      <div class="fields">
        <Field label="Reason" value={reason} set={setReason} />
        <Field label="Last day" value={expires} set={setExpires} isDay />
        <Field label="Team that answers for it" value={answers} set={setAnswers} />
        <Field label="Agreed by (optional)" value={approvedBy} set={setApprovedBy} />
        <Field label="Name" value={id} set={setId} />
      </div>
      <TextToCopy text={exemptionText(draft)} label="The exemption as YAML" />
      <p class="note" role="status">
        {missing.length === 0 ? '' : `Still missing: ${missing.join(', ')}.`}
      </p>
    </>
  )
}

function Field({
  label,
  value,
  set,
  isDay = false,
}: {
  label: string
  value: string
  set: (text: string) => void
  isDay?: boolean
}) {
  const changed = ({ currentTarget }: TargetedInputEvent<HTMLInputElement>): void => set(currentTarget.value)
  return (
    <label>
      <span>{label}</span>
      {isDay ? (
        <input type="date" value={value} min={dayAfter(0)} onInput={changed} />
      ) : (
        <input type="text" value={value} maxLength={500} onInput={changed} />
      )}
    </label>
  )
}

/** `2026-12-31`, so many days from now, in UTC as the server counts them. */
function dayAfter(days: number): string {
  return new Date(now.value + days * dayMs).toISOString().slice(0, 10)
}
