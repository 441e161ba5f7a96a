import { lstat, mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet } from '../flags.ts'
import { write } from '../io.ts'
import { quietOption } from '../options.ts'

/** `congruent init`: a small working workspace. */
export const init: Command = {
  summary: 'make a small working workspace, with a check that finds something',
  arguments: [{ name: '[dir]', description: 'folder for it; default: this one' }],
  options: [quietOption],
  examples: [['congruent init shop', 'a workspace in the folder `shop`; nothing that is there is overwritten']],
  async run({ io }, flags, [dir = '.']) {
    const { init } = await import('../../congruent.ts')
    const files = await init({ lstat, mkdir, writeFile }, resolve(io.cwd, dir))
    await write(io.stdout, files.map((file) => `${file}\n`).join(''))
    const next = dir === '.' ? 'congruent check' : `congruent check -C ${asOneWord(dir)}`
    if (!isSet(flags, 'quiet')) await write(io.stderr, `next: ${next}\n`)
    return exitStatuses.conforms
  },
}

/** A name as it is typed at a shell. */
function asOneWord(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${printable(name).replaceAll("'", `'\\''`)}'`
}
