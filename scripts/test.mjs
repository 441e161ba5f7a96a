// Runs every test and ends with one line, `N passed, N failed`: the compiled tap tests, then, where Go is
// present, the engine's own Go tests. Exit status 1 if anything failed. Brings PostgreSQL first where it may.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { bringPostgresql } from './bring-postgresql.mjs'
import { runTapFiles } from './run-tap-files.mjs'

if (process.argv.includes('--help')) {
  process.stdout.write(
    'usage: node scripts/test.mjs [test file ...]\nRuns the compiled tests (build/test), then `go test` in engine/ where Go is present.\n',
  )
  process.exit(0)
}
const files = process.argv.slice(2)
const totals = { passed: 0, failed: 0 }

const leftOut = bringPostgresql()
await tap()
if (files.length === 0) await go()
process.stdout.write(leftOut)
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
process.exitCode = totals.failed > 0 ? 1 : 0

async function tap() {
  await run('npx', ['tap', 'build'], { stdio: 'ignore' })
  const { passed, failed, failures } = await runTapFiles(files)
  totals.passed += passed
  totals.failed += failed
  for (const failure of failures) process.stdout.write(`${failure}\n`)
}

async function go() {
  const version = await capture('go', ['version'])
  if (version === undefined) {
    process.stdout.write(
      "Go is not here: the engine's own Go tests were NOT run (its vectors ran through the built engine)\n",
    )
    return
  }
  const child = spawn('go', ['test', '-json', './...'], { cwd: 'engine', stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const output = new Map()
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue
    const event = JSON.parse(line)
    const key = `${event.Package} ${event.Test ?? ''}`
    if (event.Action === 'output' || event.Action === 'build-output')
      output.set(key, `${output.get(key) ?? ''}${event.Output}`)
    if (event.Action === 'pass' && event.Test) totals.passed += 1
    if (event.Action === 'fail' || event.Action === 'build-fail') {
      totals.failed += 1
      process.stdout.write(output.get(key) ?? '')
    }
  }
  const [status] = await closed
  if (status !== 0 && totals.failed === 0) totals.failed += 1
}

async function run(command, args, options) {
  const [status] = await once(spawn(command, args, options), 'close')
  return status
}

async function capture(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  return new Promise((resolve) => {
    child.on('error', () => resolve(undefined))
    child.on('close', (status) => resolve(status === 0 ? text : undefined))
  })
}
