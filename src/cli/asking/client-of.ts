import { createClient, type Client } from '../../client/client.ts'
import { Fault } from '../../errors.ts'
import type { CommandContext } from '../command.ts'
import { textFlag, type Flags } from '../flags.ts'

/** A client of the server that the command line names, else the environment. */
export function clientOf({ io, config, fetch }: CommandContext, flags: Flags): Client {
  const server = textFlag(flags, 'server') ?? config.server
  if (server === undefined)
    throw new Fault(
      'USAGE',
      'say which server with `--server URL` or CONGRUENT_SERVER, such as `http://127.0.0.1:8787`',
    )
  const token = textFlag(flags, 'token') ?? config.token
  return createClient({ server, fetch, signal: io.interrupted, ...(token === undefined ? {} : { token }) })
}
