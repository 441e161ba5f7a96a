// Compares checks that take every shortcut with plain ones, over random workspaces: `node build/scripts/fuzz.js CHECKS [SEED] [PROGRAM]`;
// with the engine as a program it is five times as fast.
// Ends with 1 where an answer differs, after writing down what was asked.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createCongruent, createCueGo, createCueNative, type Engine } from '../src/index.ts'
import { compareSeed, type Difference } from '../test/support/random/equality.ts'

const statesOfSeed = 4
const [, , checks = '1000', first = String(Date.now() % 1_000_000_000), program] = process.argv

/** Whatever the program is built from: it is compared with itself. */
const expected =
  program === undefined
    ? undefined
    : JSON.parse(spawnSync(program, { input: '{"op":"identity"}\n', encoding: 'utf8' }).stdout)
const engine = (): Engine =>
  program === undefined ? createCueGo({ size: 1 }) : createCueNative({ path: program, size: 1, expected })
const engines = () => createCongruent({ engine, fewest: 0 })
const [short, plain] = [engines(), engines()]
const folder = mkdtempSync(join(tmpdir(), 'congruent-fuzz-'))
let [done, findings, conflicting, faulty, different] = [0, 0, 0, 0, 0]
for (let seed = Number(first); done < Number(checks); seed++) {
  const compared = await compareSeed(seed, statesOfSeed, [short], plain)
  done += compared.checks
  findings += compared.findings
  conflicting += compared.conflicting
  faulty += compared.faulty
  for (const difference of compared.differences) {
    different += 1
    say(`seed ${seed}, state ${difference.state}: another answer, see ${write(difference)}`)
  }
  if (seed % 100 === 0)
    say(`${done} checks, ${findings} findings, ${conflicting} in conflict, ${faulty} faulty, ${different} different`)
}
await Promise.all([short.close(), plain.close()])
say(
  `from seed ${first}: ${done} checks, ${findings} findings, ${conflicting} in conflict, ${faulty} faulty, ${different} different`,
)
process.exitCode = different + faulty === 0 ? 0 : 1

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes the workspace of a difference into a folder, with both answers. */
function write({ seed, state, files, expected, found }: Difference): string {
  const into = join(folder, `${seed}-${state}`)
  const all = { ...files, 'expected.jsonl': expected.join('\n'), 'found.jsonl': found.join('\n') }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(into, name)), { recursive: true })
    writeFileSync(join(into, name), text)
  }
  return into
}
