// Builds the engine as a program for this machine, for `--engine cue-native`.
import { fileURLToPath } from 'node:url'
import { readPins, whyNotBuildable } from './go.ts'
import { buildProgram, programFile } from './program.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const help = `usage: npm run engine:native
Builds ${programFile} with the Go that engine/go.mod pins: the evaluator of engine/dist as a program for this machine.
It is never needed: Congruent answers the same without it, on large workspaces more slowly.
Status: 0 built; 1 not built, and why.
`

if (process.argv.includes('--help')) process.stdout.write(help)
else process.exitCode = build()

function build(): number {
  const obstacle = whyNotBuildable(readPins(root))
  if (obstacle !== undefined) {
    process.stderr.write(`NOT BUILT: ${obstacle}. Congruent answers the same without it: it only takes longer.\n`)
    return 1
  }
  buildProgram(root)
  process.stdout.write(`${programFile}\nuse it with \`--engine cue-native\`\n`)
  return 0
}
