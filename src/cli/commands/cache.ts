import { Fault } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { write } from '../io.ts'

/** `congruent cache`: what earlier runs left for later ones. */
export const cache: Command = {
  summary: 'say where results of earlier runs are kept and how much room they take, or remove them',
  arguments: [{ name: '[action]', description: '`clear` removes them' }],
  options: [],
  examples: [
    ['congruent cache', 'the folder, how many entries it holds, and their size'],
    ['congruent cache clear', 'start anew; nothing but time is lost'],
  ],
  async run({ io, config }, _, [action]) {
    if (action !== undefined && action !== 'clear')
      throw new Fault('USAGE', `there is no \`cache ${action}\`: expected \`cache\` or \`cache clear\``)
    if (config.cache === undefined)
      throw new Fault('USAGE', 'there is no folder for a cache: name one with CONGRUENT_CACHE')
    const { clear, usageOf } = await import('../../memory/disk/housekeeping.ts')
    const { defaultMaxBytes } = await import('../../memory/disk/disk-memory.ts')
    const { packs, bytes, refused } = action === 'clear' ? clear(config.cache) : usageOf(config.cache)
    if (refused !== undefined) throw new Fault('USAGE', `the cache is not used: ${refused}`)
    const lines =
      action === 'clear'
        ? [`removed ${packs} ${packs === 1 ? 'entry' : 'entries'}, ${sizeOf(bytes)}`]
        : [
            `folder   ${printable(config.cache)}`,
            `entries  ${packs}`,
            `size     ${sizeOf(bytes)} of at most ${sizeOf(defaultMaxBytes)}`,
          ]
    await write(io.stdout, lines.map((line) => `${line}\n`).join(''))
    return exitStatuses.conforms
  },
}

function sizeOf(bytes: number): string {
  const mebibytes = Math.round(bytes / (1024 * 1024))
  return bytes > 0 && mebibytes === 0 ? 'under 1 MiB' : `${mebibytes} MiB`
}
