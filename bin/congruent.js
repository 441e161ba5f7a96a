#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
const built = new URL('../build/src/cli/main.js', import.meta.url)
if (existsSync(built)) {
  module.enableCompileCache?.()
  const { main } = await import(built.href)
  const end = new AbortController()
  process.once('SIGINT', () => end.abort())
  const { argv, stdin, stdout, stderr, env, cwd } = process
  process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, env, cwd: cwd(), interrupted: end.signal })
} else {
  process.stderr.write('congruent: not built; run `npm run build`\n')
  process.exitCode = 5
}
