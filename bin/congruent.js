#!/usr/bin/env node
const built = require('node:path').join(__dirname, '../build/bundle/congruent.js')
if (require('node:fs').existsSync(built)) {
  require('node:module').enableCompileCache?.()
  const { main } = require(built)
  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end.abort())
  const { argv, stdout, stderr, env } = process
  const io = { stdout, stderr, env, cwd: process.cwd(), interrupted: end.signal }
  Object.defineProperty(io, 'stdin', { get: () => process.stdin })
  main(argv.slice(2), io).then((status) => (process.exitCode = status))
} else {
  process.stderr.write('congruent: not built; run `npm run build`\n')
  process.exitCode = 5
}
