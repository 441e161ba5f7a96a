import { execFile } from 'node:child_process'
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

t.test('every link leads somewhere', async (t) => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/writing-constraints.md']) {
    const folder = page.includes('/') ? page.replace(/[^/]*$/, '') : ''
    for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      t.ok(existsSync(folder + target), `${page} → ${target}`)
    }
  }
})
