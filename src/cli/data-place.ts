import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { Fault } from '../errors.ts'
import type { CommandContext } from './command.ts'
import { textFlag, type Flags } from './flags.ts'

/** Where a server keeps everything: as the command line says, else the environment, else in this user's data. */
export function dataPlace({ io, config }: CommandContext, flags: Flags): Pick<Config, 'data' | 'database'> {
  const data = textFlag(flags, 'data')
  const database = textFlag(flags, 'database')
  if (data !== undefined && database !== undefined)
    throw new Fault('USAGE', '`--data` and `--database` each stand alone')
  if (data !== undefined) return { data: resolve(io.cwd, data) }
  const shared = database ?? config.database
  if (shared !== undefined) return { database: shared }
  if (config.data !== undefined) return { data: resolve(io.cwd, config.data) }
  throw new Fault('USAGE', 'this user has no folder for data: name one with `--data`')
}
