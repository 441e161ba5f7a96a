import { severities } from '../../model/counting.ts'
import { approvalsText } from '../../report/review/approvals.ts'
import { reviewFormats } from '../../report/review/formatters.ts'
import { baseUrlOf, baseUrlOption, findingPagesBelow } from '../base-url.ts'
import type { Command } from '../command.ts'
import { Fault } from '../../errors.ts'
import { choiceFlag, isSet, textFlag, textFlags } from '../flags.ts'
import { write } from '../io.ts'
import { directoryOption, nowOption, outputOption, runOptions } from '../options.ts'
import { outputsOf } from '../outputs.ts'
import { observedOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { seenOf } from '../seen.ts'
import { reviewStatus, writeReviewed } from '../reviewed.ts'
import { working } from '../work.ts'

/** `congruent review`: what a change does, before it is merged. */
export const review: Command = {
  summary: 'say what a change of fragments does: to what is desired, to what is found, and whose paths it touches',
  arguments: [],
  options: [
    directoryOption,
    { flags: '--base <ref>', description: 'the branch or commit that the change is for; it starts where both part' },
    {
      flags: '--head <ref>',
      description: 'the branch or commit with the change, or `worktree`: the files on disk',
      default: 'worktree',
    },
    {
      flags: '-e, --environment <name>',
      description: 'review only this environment; repeatable; default: every one',
      repeatable: true,
    },
    {
      flags: '--snapshots <file>',
      description:
        "check both sides against this file, or all of a capture, instead of the head's observations; repeatable; `-` is standard input",
      repeatable: true,
    },
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: reviewFormats,
      default: 'text',
    },
    outputOption,
    {
      flags: '--fail-on <severity>',
      description: 'the least severity of a new finding that has a say in the verdict',
      choices: ['error', 'warning', 'info'],
      default: 'error',
    },
    {
      flags: '--require-approval-from',
      description:
        'write to standard output only whose paths are touched: a team a line, with contact and paths; or as JSON',
    },
    nowOption,
    baseUrlOption,
    ...runOptions,
  ],
  examples: [
    ['congruent review --base main', 'what the files on disk do to what `main` demands'],
    ['congruent review --base main --output markdown=comment.md', 'the same as a comment for a pull request'],
    ['congruent review --base main -e prod --snapshots live.yaml', 'on what was seen just now'],
    ['congruent review --base main --require-approval-from', 'who has to agree'],
  ],
  async run(context, flags) {
    const outputs = outputsOf(flags, reviewFormats, 'text', context.io.cwd)
    const failOn = choiceFlag(flags, 'failOn', severities) ?? 'error'
    const base = textFlag(flags, 'base')
    if (base === undefined || base === '')
      throw new Fault('USAGE', '`--base` is needed: the branch or commit that the change is for, such as `main`')
    const pagesBase = baseUrlOf(context, flags)
    const request = requestOptionsOf(context, flags)
    const observed = await observedOf(context, flags, [])
    const named = textFlags(flags, 'environment')
    const seen = await seenOf(context, flags)
    const source = await sourceOf(context, flags)
    const { reviewed, lines } = await working(context, 'reviewing', async () => {
      const { repositoryStates } = await import('../../congruent.ts')
      const states = await repositoryStates({
        git: context.git,
        folder: source.name,
        source,
        base,
        head: textFlag(flags, 'head') ?? 'worktree',
      })
      const congruent = await context.congruent(request.engine, await context.memory(source.name), 'several')
      const result = await congruent.review({
        ...request,
        ...states,
        environments: named.length > 0 ? named : (seen.environments ?? []),
        failOn,
        now: observed.now ?? seen.now ?? context.clock(),
        stdin: observed.stdin,
        ...seen.observing,
      })
      return { reviewed: result.review, lines: await result.quoted() }
    })
    if (isSet(flags, 'requireApprovalFrom'))
      await write(context.io.stdout, approvalsText(reviewed, outputs.format === 'json' ? 'json' : 'text'))
    await writeReviewed(context, flags, outputs, {
      review: reviewed,
      lines,
      ...findingPagesBelow(pagesBase, reviewed.workspace),
    })
    return reviewStatus(reviewed)
  },
}
