import { serverOption, tokenOption } from '../asking/options.ts'
import type { Command } from '../command.ts'
import { databaseOption } from '../options.ts'

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
    {
      flags: '--data <dir>',
      description:
        'where no server is named: the folder in which one keeps everything; default: as for `congruent serve`',
    },
    databaseOption,
  ],
  examples: [
    ['congruent token create ci --scope publish:plant/web --scope read:plant --expires 90d', 'one for a pipeline'],
    ['congruent token create root --scope "admin:*"', 'the first one, before the server starts'],
    ['congruent token list', 'all of them, never their secrets'],
    ['congruent token revoke ci', 'refused everywhere within five seconds'],
  ],
  async run(context, flags, [action, name]) {
    const { manageTokens } = await import('../asking/manage-tokens.ts')
    return manageTokens(context, flags, action, name)
  },
}
