// Runs compiled test files, each by Node itself: what `tap run` puts before every process (it records what each loads) costs more than most tests.
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'

/** Everything that the tests said. */
const record = 'build/test-output.tap'
const atOnce = 2
/** A file of tests may hang in a way that its own timeouts do not see. */
const longestMs = 900_000
/** Those that take longest begin first, so that at the end nobody waits for one. The first builds the native program, which others need later. */
const long = [
  'policies/every-pack',
  'store/connections',
  'replicas/embedded',
  'policies/pod-security-differential',
  'web/pages',
  'robustness/hostile-input',
  'replicas/kills',
  'scenarios',
  'memory/trace',
  'packaging',
  'engine/cue-native',
].map((name) => `build/test/${name}.test.js`)

/** Runs the files, or every one where none is named; answers what passed and failed, with a text for each failure. */
export async function runTapFiles(named) {
  const files = named.length > 0 ? named : allFiles()
  writeFileSync(record, '')
  const waiting = files.values()
  const ended = []
  const lane = async () => {
    for (const file of waiting) ended.push(await runFile(file))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return {
    passed: ended.reduce((sum, { passed }) => sum + passed, 0),
    failed: ended.reduce((sum, { failed }) => sum + failed, 0),
    failures: ended.flatMap(({ failures }) => failures),
  }
}

function allFiles() {
  for (const file of long)
    if (!existsSync(file)) throw new Error(`there is no \`${file}\`: correct the list of long tests`)
  const all = readdirSync('build/test', { recursive: true })
    .map((name) => `build/test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.js'))
    .toSorted()
  return [...new Set([...long, ...all])]
}

async function runFile(file) {
  const begun = performance.now()
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    env: { ...process.env, TAP: '1', TAP_TIMEOUT: '300' },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece) => (text += piece))
  const how = await new Promise((resolve) => child.once('close', (status, signal) => resolve(signal ?? status)))
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  appendFileSync(record, `# File: ${file}\n${text}# ${file} ended with ${how} after ${seconds} s\n`)
  const totals = text.split('\n').findLast((line) => line.startsWith('# { total: ')) ?? ''
  const count = (word) => Number(new RegExp(`\\b${word}: (\\d+)`).exec(totals)?.[1] ?? 0)
  // Whatever ended before it had said how many tests there are did not do what it should.
  const failed = count('fail') || (how === 0 && /^1\.\.\d/m.test(text) ? 0 : 1)
  const failures = failed === 0 ? [] : [`${file} ended with ${how}`, ...failuresIn(text)]
  return { passed: count('pass'), failed, failures }
}

/** What failed, with its difference: each `not ok` that has a diagnosis, and the tests around it. */
function failuresIn(text) {
  const found = []
  let diagnosis
  for (const line of text.split('\n')) {
    if (diagnosis !== undefined) {
      if (diagnosis.length < 60) diagnosis.push(line)
      if (line.trim() === '...') diagnosis = undefined
    } else if (/^\s*not ok /.test(line)) found.push([line])
    else if (line.trim() === '---' && /^\s*not ok /.test(found.at(-1)?.at(-1) ?? '')) {
      diagnosis = found.at(-1)
      diagnosis.push(line)
    }
  }
  return found.map((lines) => lines.join('\n'))
}
