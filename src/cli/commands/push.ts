import { serverOption, tokenOption } from '../asking/options.ts'
import { pushPagesOption } from '../base-url.ts'
import type { Command } from '../command.ts'
import { colorOption, directoryOption, quietOption } from '../options.ts'

/** `congruent push`: fragments to a server. */
export const push: Command = {
  summary: "publish this workspace's fragments on a server, team by team; what conflicts there is refused",
  arguments: [],
  options: [
    directoryOption,
    serverOption,
    tokenOption,
    {
      flags: '--team <name>',
      description:
        'whose fragments; repeatable; default: every team that has some here and that the token may publish for',
      repeatable: true,
    },
    {
      flags: '--workspace-file',
      description:
        'first congruent.yaml and the files of no team; makes the workspace if it is not there (needs admin)',
    },
    { flags: '--force', description: 'publish although they conflict, or approvals are missing (needs admin)' },
    {
      flags: '--propose',
      description: 'publish nothing: keep what would change as proposals, which others look at and approve first',
    },
    { flags: '--title <text>', description: 'what the change is about; with `--propose`' },
    { flags: '--dry-run', description: 'say which files would change, and send nothing' },
    pushPagesOption,
    colorOption,
    quietOption,
  ],
  examples: [
    ['congruent push --server https://congruent.example', 'what the token may publish of this workspace'],
    ['congruent push --workspace-file', 'everything, the first time; the server is in CONGRUENT_SERVER'],
    ['congruent push --team web --dry-run', 'what would change of one team'],
    ['congruent push --team web --propose --title "Two of everything"', 'a proposal, and the page to review it on'],
  ],
  async run(context, flags) {
    const { pushWorkspace } = await import('../asking/push-workspace.ts')
    return pushWorkspace(context, flags)
  },
}
