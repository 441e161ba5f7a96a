import { formatPatch, patchFormats, patchLines, type PatchFormat } from '../../report/patch.ts'
import type { PatchResult } from '../../model/patch-result.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { textFlag } from '../flags.ts'
import { write } from '../io.ts'
import { directoryOption, environmentOption, inputOptions, nowOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { answerTo } from '../remembered.ts'
import { observedOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { formatOptionsOf } from '../work.ts'

/** `congruent patch`: the smallest change that makes what is observed conform. */
export const patch: Command = {
  summary: 'write the smallest change from what is observed to what is desired; nothing is applied',
  arguments: [
    { name: '[file...]', description: 'what was observed, instead of what the workspace lists; `-` is standard input' },
  ],
  options: [
    directoryOption,
    environmentOption,
    {
      flags: '--format <name>',
      description: 'JSON Patches, or manifests for kubectl apply --server-side',
      choices: patchFormats,
      default: 'json',
    },
    outputOption,
    ...inputOptions,
    nowOption,
    ...runOptions,
  ],
  examples: [
    ['congruent patch -e prod', 'a JSON Patch for each object, and what has no definite value on standard error'],
    [
      'kubectl get deploy -A -o json | congruent patch -e prod --covers kinds --format kubectl -',
      'manifests with only what must change',
    ],
  ],
  async run(context, flags, names) {
    const outputs = outputsOf(flags, patchFormats, 'json', context.io.cwd)
    const environment = textFlag(flags, 'environment')
    const observed = await observedOf(context, flags, names)
    const now = observed.now ?? context.clock()
    const input = {
      ...requestOptionsOf(context, flags),
      ...observed,
      source: await sourceOf(context, flags),
      ...(environment === undefined ? {} : { environment }),
    }
    const { value, lines } = await answerTo(
      context,
      { command: 'patch', doing: 'comparing', now },
      input,
      async (congruent, input) => {
        const value = await congruent.patch({ ...input, now })
        return { value, quoted: async () => new Map(), holdsUntil: value.holdsUntil }
      },
    )
    const formats = [outputs.format, ...outputs.files.map(({ format }) => format)]
    const unsaid = formats.includes('kubectl') ? value.unsaid : []
    if (value.conflicts.length === 0)
      await writeOutputs(context, outputs, (format: PatchFormat) => formatPatch(value, format))
    const told = patchLines(value, unsaid, formatOptionsOf(flags, lines, { ...context.config, colour: false }))
    await write(context.io.stderr, told.map((line) => `${line}\n`).join(''))
    return statusOf(value, unsaid)
  },
}

function statusOf({ patch, conflicts }: PatchResult, unsaid: readonly string[]): number {
  if (conflicts.length > 0) return exitStatuses.conflicts
  return patch.open.length > 0 || unsaid.length > 0 ? exitStatuses.undecided : exitStatuses.conforms
}
