import { existsSync } from 'node:fs'
import { lstat, mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import { packageVersion } from '../../version.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, isSet } from '../flags.ts'
import { write } from '../io.ts'
import { quietOption } from '../options.ts'
import { repositoryAround } from '../reader-names.ts'

const providers = ['github', 'gitlab'] as const

/** `congruent init`: a small working workspace, or what checks one for each change. */
export const init: Command = {
  summary: 'make a small working workspace, with a check that finds something; or the file by which CI checks one',
  arguments: [{ name: '[dir]', description: 'folder for it; default: this one' }],
  options: [
    {
      flags: '--ci <where>',
      description: 'write the workflow that checks the workspace in the folder, at the root of its repository',
      choices: providers,
    },
    quietOption,
  ],
  examples: [
    ['congruent init shop', 'a workspace in the folder `shop`; nothing that is there is overwritten'],
    ['congruent init --ci github shop', 'a workflow that checks that workspace for each pull request'],
  ],
  async run(context, flags, [dir = '.']) {
    const ci = choiceFlag(flags, 'ci', providers)
    const { files, next } = ci === undefined ? await madeWorkspace(context, dir) : await madeWorkflow(context, dir, ci)
    await write(context.io.stdout, files.map((file) => `${printable(file)}\n`).join(''))
    if (!isSet(flags, 'quiet')) await write(context.io.stderr, `next: ${next}\n`)
    return exitStatuses.conforms
  },
}

/** The files that were written, and what to do with them. */
interface Made {
  readonly files: readonly string[]
  readonly next: string
}

const disk = { lstat, mkdir, writeFile }

async function madeWorkspace({ io }: CommandContext, dir: string): Promise<Made> {
  const { init } = await import('../../congruent.ts')
  const files = await init(disk, resolve(io.cwd, dir))
  return { files, next: dir === '.' ? 'congruent check' : `congruent check -C ${asOneWord(dir)}` }
}

async function madeWorkflow({ io }: CommandContext, dir: string, provider: (typeof providers)[number]): Promise<Made> {
  const workspace = resolve(io.cwd, dir)
  if (!existsSync(join(workspace, 'congruent.yaml')))
    throw new Fault(
      'WORKSPACE_NOT_FOUND',
      `\`${workspace}\` has no congruent.yaml that could be checked: make a workspace first with \`congruent init\``,
    )
  const root = repositoryAround(workspace) ?? workspace
  const { initCi } = await import('../../congruent.ts')
  const folder = relative(root, workspace).replaceAll(sep, '/') || '.'
  const written = await initCi(disk, root, provider, { folder, version: packageVersion() })
  const files = written.map((file) => relative(io.cwd, join(root, file)).replaceAll(sep, '/'))
  return { files, next: `git add ${files.map(asOneWord).join(' ')}` }
}

/** A name as it is typed at a shell. */
function asOneWord(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${printable(name).replaceAll("'", `'\\''`)}'`
}
