/** What an exemption says; `environment` absent: it holds in every one. */
export interface ExemptionDraft {
  readonly id: string
  readonly rule: string
  readonly path: string
  readonly environment?: string | undefined
  readonly owner: string
  readonly reason: string
  readonly approvedBy: string
  /** The last day on which it holds: `2026-12-31`. */
  readonly expires: string
}

/** A file of exemptions with this one, as YAML. Whatever a name or a reason holds stays one value of one line. */
export function exemptionText(draft: ExemptionDraft): string {
  const { id, rule, path, environment, owner, reason, approvedBy, expires } = draft
  const members: readonly (readonly [name: string, text: string | undefined])[] = [
    ['id', scalar(id)],
    ['rule', scalar(rule)],
    ['path', scalar(path)],
    ['environments', environment === undefined ? undefined : `[${scalar(environment)}]`],
    ['owner', scalar(owner)],
    ['reason', scalar(reason)],
    ['approvedBy', approvedBy === '' ? undefined : scalar(approvedBy)],
    ['expires', scalar(expires)],
  ]
  const lines = members.flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${text}`]))
  return `exemptions:\n  - ${lines.join('\n    ')}\n`
}

/** An identifier to begin with, from the rule and the end of the path; whoever files it may choose another. */
export function proposedId(rule: string, path: string): string {
  const last = path.match(/[\w-]+/g)?.at(-1) ?? 'all'
  return `${rule.replaceAll(/[^\w-]+/g, '-')}-${last}`.slice(0, 60)
}

// Words and numbers that a reader of YAML would take for something else than a text.
const otherwise = /^(?:true|false|null|yes|no|on|off|y|n)$/i
const plain = /^[A-Za-z][\w./@-]*(?: [\w./@-]+)*$/
const day = /^\d{4}-\d{2}-\d{2}$/

function scalar(text: string): string {
  if (day.test(text) || (plain.test(text) && !otherwise.test(text))) return text
  if (!/['\p{C}\p{Zl}\p{Zp}]/u.test(text)) return `'${text}'`
  return JSON.stringify(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`
}
