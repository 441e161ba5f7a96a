// Writes the tables of rules and parameters into the README of every pack.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { readmeWith } from './readme.ts'

const help = `usage: npm run packs:readme
Writes what the CUE of each pack says of its rules and parameters into policies/*/README.md.
`

if (process.argv.includes('--help')) process.stdout.write(help)
else await write()

async function write(): Promise<void> {
  const congruent = createCongruent({ engine: createCueGo() })
  try {
    for (const { pack } of await congruent.packs()) {
      const file = fileURLToPath(new URL(`../../../policies/${pack}/README.md`, import.meta.url))
      const before = readFileSync(file, 'utf8')
      const after = readmeWith(await congruent.pack({ name: pack }), before)
      if (after !== before) writeFileSync(file, after)
    }
  } finally {
    await congruent.close()
  }
}
