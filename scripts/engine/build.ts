// Builds the engine into engine/dist. Each file appears whole or not at all: others may be reading the old one.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildEngine } from './compile.ts'
import { builtFolder } from './manifest.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

if (process.argv.includes('--help')) {
  process.stdout.write(
    'usage: npm run engine:build\nBuilds engine/dist with the Go that engine/go.mod pins. Commit it on its own.\n',
  )
} else {
  mkdirSync(join(root, builtFolder), { recursive: true })
  for (const [name, bytes] of buildEngine(root)) {
    const file = join(root, builtFolder, name)
    writeFileSync(`${file}.new`, bytes)
    renameSync(`${file}.new`, file)
    process.stdout.write(`${builtFolder}/${name} ${bytes.length} bytes\n`)
  }
}
