import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { renderTargets, type Rendered } from '../../model/rendered.ts'
import { printable } from '../../report/printable.ts'
import { renderedLines, renderedStream } from '../../report/rendered.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, isSet, textFlag, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { directoryOption, environmentOption, runOptions } from '../options.ts'
import { answerTo } from '../remembered.ts'
import { pathOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { formatOptionsOf } from '../work.ts'

/** `congruent render`: the desired state as files. */
export const render: Command = {
  summary: 'write the desired state as files that an environment can be made from; applies nothing',
  arguments: [{ name: '[path]', description: 'only this part of it, as CUE writes paths' }],
  options: [
    directoryOption,
    environmentOption,
    { flags: '--to <target>', description: 'what the files are for', choices: renderTargets },
    { flags: '--out <dir>', description: 'a folder for the files; default: all of them on standard output' },
    {
      flags: '--force',
      description: 'write into a folder that holds something else; what is in the way is overwritten',
    },
    ...runOptions,
  ],
  examples: [
    ['congruent render -e dev --to kubernetes | kubectl apply -f -', 'every object that the fragments state'],
    [
      'congruent render -e prod --to kubernetes --out manifests/prod',
      'a file an object; files of earlier runs that are no longer desired go',
    ],
    [`congruent render 'namespaces.shop' -e dev --to kubernetes`, 'the objects of one namespace'],
  ],
  async run(context, flags, [path]) {
    const to = choiceFlag(flags, 'to', renderTargets)
    if (to === undefined)
      throw new Fault(
        'USAGE',
        `say what for with \`--to\`: ${renderTargets.map((target) => `\`${target}\``).join(', ')}`,
      )
    const out = textFlag(flags, 'out')
    if (out === '') throw new Fault('USAGE', '`--out` is empty: expected the name of a folder')
    if (out === undefined && isSet(flags, 'force'))
      throw new Fault('USAGE', '`--force` is about the folder of `--out`, and none is named')
    const environment = textFlag(flags, 'environment')
    const input = {
      ...requestOptionsOf(context, flags),
      source: await sourceOf(context, flags),
      to,
      ...(environment === undefined ? {} : { environment }),
      ...(path === undefined ? {} : { path: pathOf(path) }),
    }
    const { value: rendered, lines } = await answerTo(
      context,
      { command: 'render', doing: 'rendering', now: context.clock() },
      input,
      async (congruent, input) => {
        const { rendered, quoted } = await congruent.render(input)
        return { value: rendered, quoted, holdsUntil: Infinity }
      },
    )
    const options = formatOptionsOf(flags, lines, { ...context.config, colour: false })
    const told = renderedLines(rendered, options)
    await write(context.io.stderr, told.map((line) => `${line}\n`).join(''))
    if (rendered.files === undefined) return statusOf(rendered)
    await write(
      context.io.stdout,
      out === undefined
        ? renderedStream(rendered)
        : await writtenText(context, flags, rendered, { dir: out, path: path ?? '' }),
    )
    return exitStatuses.conforms
  },
}

/** Writes the files into a folder and says what of it changed. */
async function writtenText(
  { io }: CommandContext,
  flags: Flags,
  rendered: Rendered,
  out: { readonly dir: string; readonly path: string },
): Promise<string> {
  const { writeFolder } = await import('../folder/written-folder.ts')
  const { files = [], workspace, environment, to } = rendered
  const force = isSet(flags, 'force')
  const { written, removed, unchanged } = await writeFolder(
    resolve(io.cwd, out.dir),
    files,
    { workspace, environment, to, path: out.path },
    { force, signal: io.interrupted },
  )
  if (!isSet(flags, 'quiet'))
    await write(
      io.stderr,
      `${written.length} written, ${removed.length} removed, ${unchanged} as they were in ${printable(out.dir)}\n`,
    )
  const lines = [...written.map((name) => `written ${name}`), ...removed.map((name) => `removed ${name}`)]
  return lines.map((line) => `${printable(line)}\n`).join('')
}

function statusOf({ findings }: Rendered): number {
  const conflicts = findings.some(({ outcome }) => outcome === 'conflicts')
  return conflicts ? exitStatuses.conflicts : exitStatuses.undecided
}
