import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import t from 'tap'

const readme = readFileSync('README.md', 'utf8')

t.test('the library example runs as it stands', async (t) => {
  const example = /```js\n([^]*?)```/.exec(readme)?.[1] ?? ''
  t.match(example, "from 'congruent'")
  t.ok(example.trim().split('\n').length <= 10, 'in ten lines')
  mkdirSync('build/examples', { recursive: true })
  writeFileSync('build/examples/readme.mjs', example)
  const { stdout } = await promisify(execFile)(process.execPath, ['build/examples/readme.mjs'])
  t.match(stdout, /mismatch services\.catalog\.replicas HA-1/)
})

t.test('the requests to a server answer as they stand', async (t) => {
  const [start = '', requests = ''] = Array.from(readme.matchAll(/```sh\n([^]*?)```/g), ([, block = '']) => block)
  t.match(start, 'node bin/congruent.js serve &')
  const lines = requests.trim().split('\n')
  t.equal(lines.length, 5)
  const data = t.testdir()
  const server = spawn(process.execPath, ['bin/congruent.js', 'serve', '--port', '0', '--data', `${data}/kept`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(async () => {
    server.kill()
    await once(server, 'close')
  })
  const [said] = await once(server.stdout.setEncoding('utf8'), 'data')
  const address = /listening on (\S+)/.exec(String(said))?.[1] ?? ''
  const answers: unknown[] = []
  for (const line of lines) {
    const { stdout } = await promisify(execFile)('sh', ['-c', line.replaceAll('http://127.0.0.1:8787', address)])
    answers.push(JSON.parse(stdout))
  }
  t.match(answers, [
    { revision: 1 },
    { outcome: 'published', revision: { revision: 2 } },
    { snapshots: [{ result: 'recorded', snapshot: { observer: 'cluster', sequence: 42 } }] },
    { checks: [{ environment: 'prod', revision: 2, verdict: 'violates' }] },
    { items: [{ rule: { id: 'RES-1' } }, { rule: { id: 'HA-1' } }, { kind: 'unexpected' }] },
  ])
})

t.test('every link leads somewhere', async (t) => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/writing-constraints.md']) {
    const folder = page.includes('/') ? page.replace(/[^/]*$/, '') : ''
    for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      t.ok(existsSync(folder + target), `${page} → ${target}`)
    }
  }
})
