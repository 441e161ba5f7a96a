import { Fault } from '../../errors.ts'
import type { StoredToken } from '../../model/access.ts'
import { parseDuration } from '../../model/duration.ts'
import { printable } from '../../report/printable.ts'
import { clientOf } from './client-of.ts'
import type { CommandContext } from '../command.ts'
import { dataPlace } from '../data-place.ts'
import { exitStatuses } from '../exit-status.ts'
import { textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { serverTokens, type TokenKeeper } from './token-keeper.ts'

const actions = ['create', 'list', 'revoke'] as const

/** Makes, lists or revokes tokens; answers the exit status. */
export async function manageTokens(
  context: CommandContext,
  flags: Flags,
  action: string | undefined,
  name: string | undefined,
): Promise<number> {
  const known = actions.find((one) => one === action)
  if (known === undefined || (known === 'list') !== (name === undefined))
    throw new Fault('USAGE', 'expected `token create NAME`, `token list` or `token revoke NAME`')
  if (known !== 'create' && (flags['scope'] !== undefined || flags['expires'] !== undefined))
    throw new Fault('USAGE', '`--scope` and `--expires` are for `token create`')
  const keeper = await keeperOf(context, flags)
  try {
    if (known === 'create') await create(context, flags, keeper, name ?? '')
    else if (known === 'list') await list(context, keeper)
    else await revoke(context, keeper, name ?? '')
    return exitStatuses.conforms
  } finally {
    await keeper.close()
  }
}

/** A server where one is named, else the store that one would have. */
async function keeperOf(context: CommandContext, flags: Flags): Promise<TokenKeeper> {
  const asksServer = flags['server'] !== undefined || flags['token'] !== undefined
  const namesStore = flags['data'] !== undefined || flags['database'] !== undefined
  if (asksServer && namesStore)
    throw new Fault('USAGE', '`--server` and `--token` are for a server that runs, `--data` and `--database` for none')
  if (asksServer || (!namesStore && context.config.server !== undefined)) return serverTokens(clientOf(context, flags))
  const { storedTokens } = await import('../stored-tokens.ts')
  return storedTokens({ clock: context.clock, ...dataPlace(context, flags) })
}

/** The secret alone goes to standard output, so that it can be kept without being seen. */
async function create({ io, clock }: CommandContext, flags: Flags, keeper: TokenKeeper, name: string): Promise<void> {
  const expires = textFlag(flags, 'expires')
  const expiresAt = expires === undefined ? undefined : endOf(expires, clock())
  const { token, secret } = await keeper.create({
    name,
    scopes: textFlags(flags, 'scope'),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
  await write(io.stderr, `${lineOf(token, clock())}\nits secret is shown this once:\n`)
  await write(io.stdout, `${secret}\n`)
}

function endOf(text: string, now: Date): string {
  const milliseconds = parseDuration(text)
  return milliseconds === undefined ? text : new Date(now.getTime() + milliseconds).toISOString()
}

async function list({ io, clock }: CommandContext, keeper: TokenKeeper): Promise<void> {
  const now = clock()
  const tokens = await keeper.list()
  await write(io.stdout, tokens.map((token) => `${lineOf(token, now)}\n`).join(''))
  if (tokens.length === 0) await write(io.stderr, 'there is no token\n')
}

/** By identifier, or by name where one in force has it. */
async function revoke({ io, clock }: CommandContext, keeper: TokenKeeper, name: string): Promise<void> {
  const tokens = await keeper.list()
  const found =
    tokens.find(({ id }) => id === name) ??
    tokens.find((token) => token.name === name && stateOf(token, clock()).isInForce) ??
    tokens.find((token) => token.name === name)
  if (found === undefined)
    throw new Fault('USAGE', `there is no token \`${name}\`; \`congruent token list\` lists those that there are`)
  await write(io.stdout, `${lineOf(await keeper.revoke(found.id), clock())}\n`)
}

function lineOf(token: StoredToken, now: Date): string {
  return [token.id, printable(token.name), token.scopes.map(printable).join(' '), stateOf(token, now).words].join('  ')
}

function stateOf({ createdAt, expiresAt, revokedAt }: StoredToken, now: Date): { words: string; isInForce: boolean } {
  if (revokedAt !== undefined) return { words: `revoked ${revokedAt}`, isInForce: false }
  if (expiresAt === undefined) return { words: `since ${createdAt}`, isInForce: true }
  const isInForce = Date.parse(expiresAt) > now.getTime()
  return { words: `${isInForce ? 'until' : 'expired'} ${expiresAt}`, isInForce }
}
