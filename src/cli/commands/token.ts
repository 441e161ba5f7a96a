import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import type { StoredToken } from '../../model/access.ts'
import { parseDuration } from '../../model/duration.ts'
import { printable } from '../../report/printable.ts'
import { clientOf, serverOption, tokenOption } from '../asking.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { serverTokens, type TokenKeeper } from '../token-keeper.ts'

const actions = ['create', 'list', 'revoke'] as const

/** `congruent token`: who may ask a server. */
export const token: Command = {
  summary: 'make, list or revoke tokens: of a server that is asked, or in the store of one that does not run',
  arguments: [
    { name: '<action>', description: '`create`, `list` or `revoke`' },
    { name: '[name]', description: 'whose it is to be; to revoke: its name or identifier' },
  ],
  options: [
    {
      flags: '--scope <scope>',
      description: 'what it gives, such as `read:plant` or `publish:plant/web`; repeatable',
      repeatable: true,
    },
    {
      flags: '--expires <when>',
      description: 'after a duration such as `90d`, or at a time (RFC 3339); default: never',
    },
    serverOption,
    tokenOption,
    { flags: '--data <dir>', description: 'instead of a server: the data folder of one that does not run' },
    { flags: '--database <url>', description: 'instead of a server: its PostgreSQL database' },
  ],
  examples: [
    ['congruent token create ci --scope publish:plant/web --scope read:plant --expires 90d', 'one for a pipeline'],
    ['congruent token create root --scope "admin:*" --data ./data', 'the first one, before the server starts'],
    ['congruent token list', 'all of them, never their secrets'],
    ['congruent token revoke ci', 'refused everywhere within five seconds'],
  ],
  async run(context, flags, [action, name]) {
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
  },
}

async function keeperOf(context: CommandContext, flags: Flags): Promise<TokenKeeper> {
  const data = textFlag(flags, 'data')
  const database = textFlag(flags, 'database')
  if (data === undefined && database === undefined) return serverTokens(clientOf(context, flags))
  if (flags['server'] !== undefined || flags['token'] !== undefined || (data !== undefined && database !== undefined))
    throw new Fault('USAGE', '`--server`, `--data` and `--database` each stand alone')
  const { storedTokens } = await import('../stored-tokens.ts')
  return storedTokens({
    clock: context.clock,
    ...(data === undefined ? {} : { data: resolve(context.io.cwd, data) }),
    ...(database === undefined ? {} : { database }),
  })
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
