import type { Finding } from '../../model/finding.ts'

/** The level of a finding; that of information is `note`, as readers drop what is `none`. */
export function sarifLevel({ severity }: Finding): 'error' | 'warning' | 'note' {
  return severity === 'info' ? 'note' : severity
}
