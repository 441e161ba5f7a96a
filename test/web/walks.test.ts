import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import type { Data } from '../../src/model/data.ts'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

const manifests = '../shared/corpora/online-boutique/kubernetes-manifests'
const skip = existsSync(manifests) ? false : `${manifests} is not here: real manifests were NOT walked through`

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const address = await stored.app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)

/** Puts the boutique's fragments on the server under a name, with what one cluster saw, and checks it. */
async function put(workspace: string, state: Data): Promise<string> {
  const send = async (method: 'PUT' | 'POST', path: string, payload: string, type: string): Promise<void> => {
    const url = `/v1/workspaces/${workspace}${path}`
    const answer = await stored.app.inject({ method, url, headers: { 'content-type': type }, payload })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  }
  const folder = 'examples/boutique'
  const document = readFileSync(`${folder}/congruent.yaml`, 'utf8').replace(
    /^workspace: .*$/m,
    `workspace: ${workspace}`,
  )
  await send('PUT', '', document, 'application/yaml')
  for (const team of ['platform', 'sre', 'checkout']) {
    const names = readdirSync(`${folder}/${team}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.cue'))
      .map((name) => `${team}/${name.replaceAll('\\', '/')}`)
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
    await send('PUT', `/teams/${team}/fragments?force=true`, JSON.stringify({ files }), 'application/json')
  }
  const seen = { snapshot: 1, observer: 'cluster-eu', sequence: 1, observedAt: stored.clock.now.toISOString() }
  await send('POST', '/snapshots', toJson({ ...seen, covers: ['namespaces'], state }), 'application/json')
  await stored.service.makeCheck({ workspace, environment: 'prod' })
  return `${address}/w/${workspace}`
}

t.test(
  'online boutique: from the sentence to a finding, how to fix it, its place, who sees it',
  { skip },
  async (t) => {
    const names = readdirSync(manifests).filter((name) => name.endsWith('service.yaml'))
    const documents = names.flatMap(
      (name) =>
        readDocuments(name, readFileSync(`${manifests}/${name}`), { yaml: '1.1', duplicateKeys: 'last' }).documents,
    )
    const boutique = await put('boutique', projectKubernetes(documents, { lists: 'keyed' }).state)
    const { page, complaints } = await openPage(browser, stored.clock.now)
    await page.goto(boutique)
    await settled(page)
    t.match(await heading(page), /violates what its teams want/)
    await page.locator('.lead a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/findings\?outcome=violates/)
    await settled(page)
    const row = page.locator('a.row', { hasText: 'checkoutservice' }).filter({ hasText: 'replicas' })
    await row.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/findings\/[0-9a-f]{32}/)
    await settled(page)
    t.match(await heading(page), /checkoutservice\.spec\.replicas$/)
    t.match(await page.locator('main').textContent(), /How to fix[^]*#checkout/, 'how to fix it, and whom to ask')
    await page.getByRole('link', { name: 'Show in tree' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/tree\?path=/)
    await settled(page)
    const main = page.locator('main')
    t.match(await main.textContent(), /cluster-eu/, 'who can see it')
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.waitForURL(/observers/)
    await settled(page)
    t.match(await page.locator('main table').first().textContent(), /cluster-eu/)
    t.same(complaints, [])
    await looksRight(t, browser, stored.clock.now, [`${boutique}/findings`])
  },
)
