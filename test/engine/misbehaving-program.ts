import { chmodSync, writeFileSync } from 'node:fs'
import type { Identity } from '../../src/engine/protocol.ts'

/** What it says it is. */
export const misbehavingProgramIdentity: Identity = {
  protocol: 1,
  name: 'cue-native',
  cue: 'v0.0.0',
  go: 'go0',
  builtFrom: 'f'.repeat(64),
}

// The `op` of a request says how it misbehaves; anything else is answered with the request itself.
const behaviours = `
const behaviours = {
  identity: () => say(identity + '\\n'),
  unify: () => say('{"digest":"d","findings":[],"notes":[]}\\n'),
  spin: () => { for (;;); },
  exit: () => process.exit(3),
  panic: () => end('\\npanic: no such thing\\n\\ngoroutine 1 [running]:\\n'),
  memory: () => end('fatal error: runtime: out of memory\\n'),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  terminate: () => process.kill(process.pid, 'SIGTERM'),
  twice: () => say('{}\\n{}\\n'),
  unasked: () => { say('{}\\n'); setTimeout(() => say('{}'), 1) },
  flood: () => { write(2, 'x'.repeat(1000000)); say('{}\\n') },
  surroundings: () => say(JSON.stringify({ env: process.env, cwd: process.cwd(), argv: process.argv.slice(2) }) + '\\n'),
}
`

const program = `
const { writeSync } = require('node:fs')
const { createInterface } = require('node:readline')
const say = (text) => write(1, text)
const end = (words) => { write(2, words); process.exit(2) }
function write(file, text) {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(file, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}
${behaviours}
createInterface({ input: process.stdin }).on('line', (line) => {
  const misbehave = behaviours[line === '' ? '' : JSON.parse(line).op]
  if (misbehave === undefined) say(line + '\\n')
  else misbehave()
})
`

/** Writes a program that speaks the engine's protocol and misbehaves on request, into a file that ends in `.cjs`. */
export function writeMisbehavingProgram(
  file: string,
  hello: string = JSON.stringify(misbehavingProgramIdentity),
): string {
  return writeProgram(file, `#!${process.execPath}\nconst identity = ${JSON.stringify(hello)}\n${program}`)
}

/** Writes a file that may be run. */
export function writeProgram(file: string, text: string): string {
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return file
}
