import { exactJson } from '../../model/exact-json.ts'
import type { Review } from '../../model/review.ts'
import { printable } from '../printable.ts'

/** Who has to agree, for programs: a team a line with its contact and its paths, separated by tabs; or the list as JSON. */
export function approvalsText({ approvals }: Review, format: 'text' | 'json'): string {
  if (format === 'json') return `${exactJson(approvals, { indent: 2 })}\n`
  return approvals
    .map(({ team, contact = '', paths }) => `${[team, contact, paths.join(' ')].map(printable).join('\t')}\n`)
    .join('')
}
