import t from 'tap'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { settled, tooWide } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u001b[31m\u0007'
const long = 'x'.repeat(1_000_000)
const workspace = JSON.stringify({
  workspace: 'evil',
  teams: { web: { fragments: ['./web'], owns: ['services'], contact: evil } },
  environments: { prod: {} },
})
const cue = `package web

// ${evil.replaceAll('\u0007', '')}
services: [string]: {
	// ${'long '.repeat(20_000)}
	replicas: >=2 @rule(id="EVIL", title="<b>bold</b>", docs="javascript:alert(3)")
	name?: =~"^<i>[a-z]+</i>$"
	...
}
services: __proto__: replicas: 3
services: "a<script>": replicas: 5
`
const snapshot = JSON.stringify({
  snapshot: 1,
  observer: '<u>node</u>',
  sequence: 1,
  observedAt: '2026-05-04T09:00:00Z',
  covers: ['services'],
  state: {
    services: {
      web: { replicas: 1, name: evil },
      ['__proto__']: { replicas: 1 },
      constructor: { replicas: 0, name: long },
      [evil]: { replicas: 1 },
      שלום: { replicas: 1, name: 'مرحبا' },
    },
  },
})

const stored = await storedService(t)
const { app, service, clock } = stored

async function send(method: 'PUT' | 'POST', path: string, payload: string, type: string): Promise<void> {
  const answer = await app.inject({
    method,
    url: `/v1/workspaces/evil${path}`,
    headers: { 'content-type': type },
    payload,
  })
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body.slice(0, 2000)}`)
}

await send('PUT', '', workspace, 'application/yaml')
const fragments = JSON.stringify({ files: { 'web/evil.cue': cue } })
await send('PUT', '/teams/web/fragments?force=true', fragments, 'application/json')
await send('POST', '/snapshots?environment=prod', snapshot, 'application/json')
await service.makeCheck({ workspace: 'evil', environment: 'prod' })
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)

t.test('whatever texts hold is shown as text, on every page', async (t) => {
  for (const width of [375, 1440]) {
    const { page, complaints } = await openPage(browser, clock.now, { viewport: { width, height: 900 } })
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) elsewhere.push(request.url())
    })
    page.on('dialog', (dialog) => elsewhere.push(dialog.message()))
    await page.goto(`${address}/w/evil/findings`)
    await settled(page)
    const links = async (selector: string): Promise<readonly string[]> =>
      page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    const pages = [...(await links('nav[aria-label=Pages] a')), ...(await links('a.row'))]
    t.ok(pages.length >= 6, `${pages.length} pages`)
    for (const path of pages) {
      await page.goto(`${address}${path}`)
      await settled(page)
      const name = `${path}, ${width}`
      t.ok((await tooWide(page)) <= 0, `${name}: not wider than the screen`)
      const text = (await page.locator('body').innerText()) || ''
      t.notMatch(text, /[\u0007\u001b\u202e]/, `${name}: nothing acts`)
      t.ok(text.length < 300_000, `${name}: ${text.length} characters`)
      const made = await page.locator('main :is(script, img, u, i[class=""]), a[href^="javascript:"]').count()
      t.equal(made, 0, `${name}: nothing is made of a text`)
    }
    t.same(elsewhere, [], 'nobody else is asked')
    t.same(complaints, [])
    await page.context().close()
  }
})
