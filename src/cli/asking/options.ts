import type { Option } from '../command.ts'
import type { Flags } from '../flags.ts'

// What commands have in common that ask a server. What they ask with is loaded when they run.

export const serverOption: Option = {
  flags: '--server <url>',
  description: 'address of the server; default: CONGRUENT_SERVER',
}

export const tokenOption: Option = {
  flags: '--token <token>',
  description: 'token for the server; rather in CONGRUENT_TOKEN, where other users do not see it',
}

/** Whether a server is to make a check. */
export function isForServer(flags: Flags): boolean {
  return flags['server'] !== undefined || flags['stored'] !== undefined
}
