import { serverOption, tokenOption } from '../asking/options.ts'
import type { Command } from '../command.ts'
import { directoryOption, formOptions } from '../options.ts'

/** `congruent observe`: snapshots to a server. */
export const observe: Command = {
  summary: 'record on a server what an observer saw; a check follows there',
  arguments: [
    { name: '<file...>', description: 'snapshot documents, or state in another form; `-` is standard input' },
  ],
  options: [
    {
      flags: '--workspace <name>',
      description: 'name of the workspace; default: that of congruent.yaml in this folder',
    },
    directoryOption,
    serverOption,
    tokenOption,
    {
      flags: '-e, --environment <name>',
      description: 'what was observed; default: as the documents say, else every one',
    },
    { flags: '--observer <name>', description: 'who saw it; needed where the documents do not say so' },
    {
      flags: '--sequence <number>',
      description: "the observer's own counter; default: the server counts on, and what did not change is the same",
    },
    ...formOptions,
  ],
  examples: [
    [
      'congruent observe snapshot.json --workspace plant',
      'a snapshot document, which says itself who saw what and when',
    ],
    [
      'congruent observe state.yaml --observer inventory -e prod',
      'plain data, as the observer `inventory` sees it now',
    ],
    [
      'kubectl get deploy,svc -A -o yaml | congruent observe --observer cluster --covers kinds -e prod -',
      'what a cluster says now',
    ],
  ],
  async run(context, flags, files) {
    const { recordFiles } = await import('../asking/record-files.ts')
    return recordFiles(context, flags, files)
  },
}
