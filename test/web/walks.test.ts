import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import type { Data } from '../../src/model/data.ts'
import type { Page } from 'playwright-core'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { focused, tabTo } from '../support/keyboard.ts'
import { largeCluster } from '../support/large-cluster.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { appWithSessions, tokenFor } from '../support/signed-in.ts'
import { storedService } from '../support/stored-service.ts'

const manifests = '../shared/corpora/online-boutique/kubernetes-manifests'
const skip = existsSync(manifests) ? false : `${manifests} is not here: real manifests were NOT walked through`

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t, {}, 2)
const address = await stored.app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)

async function send(method: 'PUT' | 'POST', path: string, payload: string, type: string): Promise<string> {
  const url = `/v1/workspaces/${path}`
  const answer = await stored.app.inject({ method, url, headers: { 'content-type': type }, payload })
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  return answer.body
}

/** Puts the boutique's fragments on the server under a name, with what one cluster saw, and checks it. */
async function put(workspace: string, state: Data): Promise<string> {
  const folder = 'examples/boutique'
  const document = readFileSync(`${folder}/congruent.yaml`, 'utf8').replace(
    /^workspace: .*$/m,
    `workspace: ${workspace}`,
  )
  await send('PUT', workspace, document, 'application/yaml')
  for (const team of ['platform', 'sre', 'checkout']) {
    const names = readdirSync(`${folder}/${team}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.cue'))
      .map((name) => `${team}/${name.replaceAll('\\', '/')}`)
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
    await send('PUT', `${workspace}/teams/${team}/fragments?force=true`, JSON.stringify({ files }), 'application/json')
  }
  const seen = { snapshot: 1, observer: 'cluster-eu', sequence: 1, observedAt: stored.clock.now.toISOString() }
  await send('POST', `${workspace}/snapshots`, toJson({ ...seen, covers: ['namespaces'], state }), 'application/json')
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
    await page.waitForURL(/tree\?.*path=/)
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

const large = `workspace: large
teams:
  sre: { fragments: [./sre], contact: '#sre' }
  payments: { fragments: [], owns: ['namespaces."payments-live"', 'namespaces."payments-batch"'], contact: '#payments' }
observations: [{ files: [], observer: cluster-eu, maxAge: 15m }]
`
const sre = (least: number): string => `package sre

namespaces: [string]: "PodDisruptionBudget.policy": [string]: spec: minAvailable: >=${least} @rule(id="PDB-1", title="A budget leaves a pod")
namespaces: [string]: "Deployment.apps": [string]: spec: replicas: >=2 @rule(id="HA-1", title="At least two replicas")
namespaces: [string]: "Deployment.apps": [string]: spec: template: spec: hostNetwork: *false | false @rule(id="NET-1", title="Nobody is on the network of a node")
`

/** Puts a cluster of 1,167 objects on the server, and proposes a stricter rule; the number of the proposal. */
async function putLarge(): Promise<string> {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: largeCluster() })
  const { documents } = readDocuments('cluster.json', Buffer.from(text), { yaml: '1.1', duplicateKeys: 'last' })
  const { state } = projectKubernetes(documents, { lists: 'keyed' })
  await send('PUT', 'large', large, 'application/yaml')
  const files = JSON.stringify({ files: { 'sre/rules.cue': sre(1) } })
  await send('PUT', 'large/teams/sre/fragments?force=true', files, 'application/json')
  const seen = { snapshot: 1, observer: 'cluster-eu', sequence: 1, observedAt: stored.clock.now.toISOString() }
  const covers = ['namespaces', 'cluster']
  await send('POST', 'large/snapshots', toJson({ ...seen, covers, state }), 'application/json')
  const check = await stored.service.makeCheck({ workspace: 'large', environment: 'default' })
  if (check?.fault !== undefined) throw new Error(check.fault.message)
  const { proposal } = await stored.service.propose({
    workspace: 'large',
    team: 'sre',
    title: 'Two pods stay',
    files: { texts: [['sre/rules.cue', sre(2)]] },
    asker: { by: 'test' },
    deadlineMs: 300_000,
  })
  return proposal
}

t.test('a cluster of 1,167 objects, by keys alone', async (t) => {
  const proposal = await putLarge()
  const { app } = await appWithSessions(t, stored)
  const signed = `${await app.listen({ host: '127.0.0.1', port: 0 })}/w/large`
  const ana = await tokenFor(stored, 'ana', ['read:large', 'review:large/payments', 'publish:large/sre'])
  const isOnHeading = async (page: Page): Promise<void> => {
    await page.locator('h1:focus').waitFor()
    t.equal((await focused(page)).tag, 'H1', `${page.url()}: the focus is on the heading`)
  }

  for (const width of [375, 1440]) {
    const { page, complaints } = await openPage(browser, stored.clock.now, { viewport: { width, height: 900 } })
    const keys = page.keyboard

    // On call: is it as we want it, what is wrong, who saw it, what was it like before?
    await page.goto(signed)
    await page.waitForURL(/signin/)
    await settled(page)
    await tabTo(t, page, /^Token/)
    await keys.type(ana)
    await keys.press('Enter')
    await page.waitForURL(signed)
    await isOnHeading(page)
    await page.locator('h1', { hasText: 'violates what its teams want' }).waitFor()
    await page.reload()
    await settled(page)
    await keys.press('Tab')
    t.match(await focused(page), { name: 'Skip to content', wrong: undefined })
    await keys.press('Enter')
    await tabTo(t, page, /violations$/, 3)
    await keys.press('Enter')
    await page.waitForURL(/findings\?outcome=violates/)
    await isOnHeading(page)
    await page.locator('a.row').first().waitFor()
    await keys.press('j')
    const { name: path } = await focused(page)
    t.match(path, /^namespaces\./)
    await keys.press('Enter')
    await page.waitForURL(/findings\/[0-9a-f]{32}/)
    await isOnHeading(page)
    t.equal(await heading(page), path)
    await keys.press('?')
    t.equal(
      await page.evaluate("document.activeElement.closest('dialog') !== null"),
      true,
      'the focus is in the dialog',
    )
    await keys.press('Escape')
    t.equal((await focused(page)).tag, 'H1', 'and comes back')
    await page.goBack()
    await isOnHeading(page)
    await keys.press('g')
    await keys.press('b')
    await page.waitForURL(/observers/)
    await isOnHeading(page)
    await page.locator('main table', { hasText: 'cluster-eu' }).first().waitFor()

    // A team: what of ours is wrong, where does it stand?
    await page.goto(`${signed}/findings?team=payments`)
    await settled(page)
    await keys.press('/')
    await keys.type('replicas')
    await page.waitForURL(/q=replicas/)
    await settled(page)
    await tabTo(t, page, /^namespaces\."payments-/)
    await keys.press('Enter')
    await page.waitForURL(/findings\/[0-9a-f]{32}/)
    await isOnHeading(page)
    await page.getByText('How to fix').first().waitFor()
    await tabTo(t, page, /^Show in tree/)
    await keys.press('Enter')
    await page.waitForURL(/tree\?.*path=/)
    await isOnHeading(page)

    // The owner of a rule: whom does it hit, who must agree, to object and to adopt.
    await page.goto(`${signed}/review/${proposal}`)
    await settled(page)
    t.match(await page.locator('.lead').textContent(), /60 paths would newly violate/)
    await tabTo(t, page, /^In words/)
    await keys.type(`at ${width}: which ones?`)
    await tabTo(t, page, /^Object$/, 3)
    await keys.press('Enter')
    await page.locator('.done', { hasText: 'Objected' }).waitFor()
    t.match(await focused(page), { name: 'Object', wrong: undefined })
    await tabTo(t, page, /^Adopt$/, 5)
    await keys.press('Enter')
    await page.locator('.adopt dialog[open]').waitFor()
    t.equal(await page.evaluate("document.activeElement.closest('dialog') !== null"), true)
    await keys.press('Escape')
    t.match(await focused(page), { name: 'Adopt', wrong: undefined })
    t.same(
      complaints.filter((text) => !text.includes('401')),
      [],
    )
    await page.context().close()
  }
  await looksRight(t, browser, stored.clock.now, [`${address}/w/large`, `${address}/w/large/findings`])
})
