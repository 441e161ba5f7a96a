import type { ExpectedFinding } from '../model/test-document.ts'

/** An expected finding on one line: `{ rule: HA-1, path: services.web.replicas }`; in JSON with quotes. */
export function flowText(finding: ExpectedFinding, json: boolean): string {
  const { rule, path, kind, severity, message } = finding
  const members = Object.entries({ rule, path, kind, severity, message }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${wordText(key, json)}: ${wordText(value, json)}`],
  )
  return `{ ${members.join(', ')} }`
}

const meansMore = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** A text as YAML has it inside brackets: without quotes where every reader takes it for the same text. */
export function wordText(text: string, json: boolean): string {
  if (!json && /^[A-Za-z][\w./-]*$/.test(text) && !meansMore.test(text)) return text
  return json || /[^\x20-\x7e]/.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`
}
