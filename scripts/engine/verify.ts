// Proves that the built engine in engine/dist is what its sources give: builds it again in a temporary folder and
// compares byte for byte.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildEngine } from './compile.ts'
import { readPins, whyNotBuildable } from './go.ts'
import { builtFolder, whyStale } from './manifest.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const help = `usage: npm run engine:verify
Builds the engine again and compares with engine/dist, byte for byte. Without the Go that engine/go.mod pins it only
tells whether the sources have changed since, and says so.
Status: 0 the same, or not built again; 1 different or stale.
`

if (process.argv.includes('--help')) process.stdout.write(help)
else process.exitCode = verify()

function verify(): number {
  const reasons = whyStale(root)
  for (const reason of reasons) process.stderr.write(`engine/dist is stale: ${reason}\n`)
  const obstacle = whyNotBuildable(readPins(root))
  if (obstacle !== undefined) {
    process.stderr.write(`NOT VERIFIED: ${obstacle}. Only its hashes were compared.\n`)
    return reasons.length > 0 ? 1 : 0
  }
  const differing = [...buildEngine(root)].filter(
    ([name, bytes]) => !readFileSync(join(root, builtFolder, name)).equals(bytes),
  )
  for (const [name] of differing) process.stderr.write(`${builtFolder}/${name} differs from what the sources give\n`)
  if (differing.length === 0) process.stdout.write(`${builtFolder} is what its sources give, byte for byte\n`)
  return differing.length + reasons.length > 0 ? 1 : 0
}
