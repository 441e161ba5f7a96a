import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Route } from '../../src/http/route.ts'
import { routes } from '../../src/http/routes.ts'
import { defaultSettings } from '../../src/http/settings.ts'

const page = readFileSync('docs/http.md', 'utf8')

/** A row of the table: what stands in capitals is a name. */
function rowOf({ method, url, needs, summary }: Route): string {
  const names = Object.fromEntries(Array.from(url.matchAll(/:(\w+)/g), ([, name = '']) => [name, name.toUpperCase()]))
  const address = url.replaceAll(/:(\w+)/g, (_whole, name: string) => name.toUpperCase())
  const asked = { token: 'a token', anyone: 'nothing' }
  return `| \`${method} ${address}\` | ${typeof needs === 'function' ? `\`${needs(names)}\`` : asked[needs]} | ${summary} |`
}

t.test('the page of the API lists every route, what it needs and what it does', async (t) => {
  const rows = page.split('\n').filter((line) => /^\| `(?:GET|PUT|POST|DELETE) /.test(line))
  t.strictSame(rows.toSorted(), routes.map(rowOf).toSorted())
})

t.test('its limits are those of the server', async (t) => {
  const { turns, bodyBytes, streamBytes, deadlineMs } = defaultSettings
  for (const words of [
    `${bodyBytes / 2 ** 20} MiB (\`--body-limit\`)`,
    `${streamBytes / 2 ** 20} MiB as sent`,
    `${deadlineMs / 1000} s (\`--timeout\`)`,
    `| ${turns.inWork}, of one asker ${turns.inWorkEach};`,
    `| ${turns.waiting.toLocaleString('en')}, of one asker ${turns.waitingEach} |`,
  ])
    t.ok(page.includes(words), words)
})
