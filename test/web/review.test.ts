import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Change, Review } from '../../src/model/review.ts'
import type { ShownProposal } from '../../src/operations/stored/publishing/shown-proposal.ts'
import { browserProgram, openBrowser, openPage } from '../support/browser.ts'
import { putExampleShop } from '../support/example-shop.ts'
import { heading, looksRight, settled } from '../support/pages.ts'
import { storedService } from '../support/stored-service.ts'

if (browserProgram === undefined) {
  t.pass('no Chromium is here: the pages were NOT tried in a browser', { skip: true })
  t.end()
  process.exit()
}

const stored = await storedService(t)
const { app, clock } = stored
await putExampleShop(stored)
const reviews = '/v1/workspaces/shop/proposals'
const made = await propose('platform', 'Four of everything, less memory', (name, text) =>
  name === 'platform/prod/availability.cue'
    ? text.replace('>=2', '>=4')
    : text.replace('memory: >=64 & <=4096', 'memory: >=32 & <=512'),
)
const conflicting = await propose('platform', '<script>alert(1)</script> \u202Ebackwards', (name, text) =>
  name === 'platform/services.cue' ? `${text}\nservices: checkout: replicas: <=1\n` : text,
)
// As text, and what would turn it around is told by its number.
const shownTitle = '<script>alert(1)</script> \\u{202e}backwards'
const address = await app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser(t)
const shop = `${address}/w/shop`

/** Proposes the files of the example with some of them edited. */
async function propose(
  team: string,
  title: string,
  edit: (name: string, text: string) => string,
): Promise<ShownProposal> {
  const names = readdirSync(`examples/shop/${team}`, { recursive: true, encoding: 'utf8' })
  const files = names
    .filter((name) => name.endsWith('.cue'))
    .map((name) => [`${team}/${name}`, readFileSync(`examples/shop/${team}/${name}`, 'utf8')] as const)
  const payload = { team, title, files: Object.fromEntries(files.map(([name, text]) => [name, edit(name, text)])) }
  const answer = await app.inject({ method: 'POST', url: reviews, payload })
  return answer.json<ShownProposal>()
}

/** What the command line would have written of the same change. */
function asFile({ comparison }: ShownProposal, changes: Partial<Review> = {}): Review {
  const sides = { base: { ref: 'main', digest: '0'.repeat(64) }, head: { ref: 'four', digest: '1'.repeat(64) } }
  const engine = { name: 'cue-go', cue: 'v0.17.1', lacks: [] } as const
  const tool = { name: 'congruent', version: '1.0.0', engine } as const satisfies Review['tool']
  const rest = { review: 1, tool, workspace: 'shop', reviewedAt: '2026-05-04T09:00:00Z' } as const
  return { ...rest, ...sides, ...comparison, ...changes }
}

async function open(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) }
  await page.locator('input[type=file]').setInputFiles(file)
}

t.test('the owner of a rule: stricter or not, whom does it hit, who must agree, what to look at twice', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(`${shop}/review?env=prod&team=payments`)
  await settled(page)
  t.equal(await heading(page), 'Reviews')
  t.same(await page.locator('.proposals a.row').allTextContents(), [shownTitle, made.title])
  await page.locator('.proposals a.row', { hasText: 'Four of everything' }).click()
  await settled(page)
  t.equal(await heading(page), made.title)
  t.equal(await page.evaluate('document.activeElement.tagName'), 'H1', 'the focus is on its heading')
  const lead = await page.locator('.lead').textContent()
  t.match(lead, /This makes prod stricter in one place and .* in one place: \d paths? would newly violate/)
  t.match(lead, /In broken/)
  const [first = ''] = await page.locator('.who tr.t').allTextContents()
  t.match(first, /^payments #payments/, 'one’s own first')
  t.match(await page.locator('.who').textContent(), /services\.ledger\.replicas.*wants.*>=4.*HA-1/)
  const [tighter = ''] = await page.locator('.meaning').allTextContents()
  t.match(tighter, /Tighter.*services\.?\[\]\.replicas.*before.*>=2.*after.*>=4.*HA-1.*allowed.*refused/)
  t.match(tighter, /3 of 4 observed paths are hit/)
  t.match(await page.locator('.approvals .own').textContent(), /payments.*has not answered.*services/)
  const approve = { team: 'payments', state: 'objected', words: 'not before <b>May</b>' }
  await app.inject({ method: 'POST', url: `${reviews}/${made.proposal}/approvals`, payload: approve })
  await page.reload()
  await settled(page)
  t.match(await page.locator('.approvals .own').textContent(), /anonymous objects.*not before <b>May<\/b>/)
  await page.locator('.lead a', { hasText: 'dev' }).click()
  await page.waitForURL(/env=dev/)
  t.match(await page.locator('.lead').textContent(), /In prod/)
  t.same(complaints, [])
  await page.context().close()
})

t.test('by keys; and a change that contradicts what is in force', async (t) => {
  const { page } = await openPage(browser, clock.now)
  await page.goto(`${shop}?env=prod`)
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.waitForURL(/review\?env=prod$/)
  await settled(page)
  await page.keyboard.press('j')
  t.equal(await page.evaluate('document.activeElement.textContent'), shownTitle, 'as text, whatever it holds')
  await page.keyboard.press('Enter')
  await settled(page)
  t.match(
    await page.locator('.lead').textContent(),
    /In prod it conflicts between payments and platform at services\.checkout\.replicas/,
  )
  t.match(await page.locator('.conflict').first().textContent(), /No snapshot of .*prod.* can ever conform/)
  await page.goBack()
  await settled(page)
  t.equal(await heading(page), 'Reviews')
  await page.context().close()
})

t.test('a file of a review: shown without asking anybody, and refused in words where it is none', async (t) => {
  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(`${shop}/review/file?env=prod`)
  await settled(page)
  t.equal(await heading(page), 'A review in a file')
  const refused = async (name: string, text: string): Promise<string> => {
    await open(page, name, text)
    await page.locator('.failure', { hasText: name }).waitFor()
    return (await page.locator('.failure').textContent()) ?? ''
  }
  t.match(await refused('a.json', '{"review": 1,'), /a\.json cannot be shown:it is no JSON/)
  t.match(await refused('b.json', '{"findings": []}'), /the report of a check/)
  t.match(await refused('c.json', '[1]'), /it has no member `review`, as `congruent review --format json` writes it/)
  t.match(await refused('d.json', '{"review": 2}'), /version 2 of a review/)
  const wrong = JSON.stringify({ ...asFile(made), environments: [{ name: 1 }], extra: '<img src=x>' })
  t.match(await refused('<img src=x>.json', wrong), /<img src=x>\.json cannot be shown.*at environments › 0/)

  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const text = JSON.stringify(JSON.stringify(asFile(made)))
  const file = `new File([${text}], 'four.json')`
  const transfer = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); data.items.add(${file}); return data })()`,
  )
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer })
  t.match(await page.locator('.drop-here').textContent(), /stays in this browser/)
  const two = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); for (const name of ['a', 'b']) data.items.add(new File(['{}'], name)); return data })()`,
  )
  await page.dispatchEvent('main', 'drop', { dataTransfer: two })
  await page.locator('.failure', { hasText: '2 files cannot be shown' }).waitFor()
  t.match(await page.locator('.failure').textContent(), /one review is shown at a time/)
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
  await page.locator('.who').waitFor()
  t.equal(await heading(page), 'From main to four')
  t.match(await page.locator('.said').textContent(), /four\.json, which stays in this browser/)
  t.match(await page.locator('.who').textContent(), /services\.ledger\.replicas.*wants.*>=4/)
  t.match(await page.locator('#h-approvals').textContent(), 'Who must agree')
  t.same(asked, [], 'nothing was asked')

  const [prod] = made.comparison.environments.filter(({ name }) => name === 'prod')
  const [change] = prod?.changes ?? []
  if (prod === undefined || change === undefined) throw new Error('the proposal changes nothing in prod')
  const conjuncts = (rule: number): Change['conjuncts'] => [
    { team: 'sre', file: 'a.cue', line: 1, column: 1, rule: `R-${rule}` },
  ]
  const opposite = { value: 'other way', before: 'refused', after: 'allowed' } as const
  const changes = Array.from({ length: 1000 }, (_, index): Change => ({
    ...change,
    opposite,
    at: `a.b${index}`,
    conjuncts: conjuncts(index % 10),
  }))
  await open(page, 'many.json', JSON.stringify(asFile(made, { environments: [{ ...prod, changes }] })))
  await page.locator('.folding').first().waitFor()
  t.equal(await page.locator('.folding').count(), 10, 'a thousand changes are folded, rule by rule')
  t.equal(await page.locator('.meaning li').count(), 0)
  await page.locator('.folding summary').first().press('Enter')
  await page.locator('.meaning li').first().waitFor()
  t.match(await page.locator('.meaning li').first().textContent(), /allowed.*refused.*other way.*refused.*allowed/)
  t.equal(await page.locator('.meaning li').count(), 21, 'the first of them, and a way to more')
  t.same(complaints, [])
  await page.context().close()
})

t.test('the head has moved: compared anew in place, asked again, and kept from adoption until all agree', async (t) => {
  const put = (path: string, body: object | string) =>
    app.inject({
      method: 'PUT',
      url: `/v1/workspaces/shop${path}`,
      headers: { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' },
      payload: body,
    })
  const three = await propose('platform', 'Three of everything', (name, text) =>
    name === 'platform/prod/availability.cue' ? text.replace('>=2', '>=3') : text,
  )
  const approved = { team: 'payments', state: 'approved' }
  await app.inject({ method: 'POST', url: `${reviews}/${three.proposal}/approvals`, payload: approved })
  const document = readFileSync('examples/shop/congruent.yaml', 'utf8')
  t.equal((await put('', `${document}\nreview: { required: owners }\n`)).statusCode, 200)

  const { page, complaints } = await openPage(browser, clock.now)
  await page.goto(`${shop}/review/${three.proposal}?env=prod&team=payments`)
  await settled(page)
  const moved = page.locator('.said.moved')
  t.match(await moved.textContent(), /Revision \d+ came since.*everybody is asked again/)
  const sent: string[] = []
  page.on('request', (request) => (request.method() === 'POST' ? sent.push(request.url()) : undefined))
  await moved.getByRole('button').dblclick()
  await page.getByText(/^Compared with revision \d+\.$/).waitFor()
  await moved.waitFor({ state: 'detached' })
  t.equal(sent.length, 1, 'pressed twice, asked once')
  const own = page.locator('.approvals .own')
  t.match(
    await own.textContent(),
    /has not answered.*approved the comparison with revision \d+.*does not count any more/,
  )
  t.equal(await page.getByRole('button', { name: 'Adopt', exact: true }).getAttribute('aria-disabled'), 'true')
  t.match(await page.locator('.adopt').textContent(), /shop asks for the approval .* payments.* not approved/)

  const problem = { type: 'about:blank', title: 'Forbidden', status: 403, code: 'FORBIDDEN', detail: 'not you' }
  await page.route('**/approvals', (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  )
  await page.locator('.decision textarea').fill('as it is now')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Nothing has changed: not you').waitFor()
  t.equal(await page.locator('.decision textarea').inputValue(), 'as it is now', 'what was typed is still there')
  await page.unroute('**/approvals')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Approved for payments.').waitFor()
  await own.filter({ hasText: /approved by anonymous.*as it is now/ }).waitFor()

  const change = page.locator('.meaning li', { hasText: 'replicas' }).first()
  await change.locator('summary').click()
  t.match(await change.locator('.frame').textContent(), /availability\.cue/)
  await change.locator('.frame', { hasText: '>=3' }).waitFor()
  t.same(
    complaints.filter((text) => !text.includes('403')),
    [],
  )
  await page.context().close()
})

t.test('in both colours and two widths', async (t) => {
  const pages = ['review', `review/${made.proposal}`, `review/${conflicting.proposal}`, 'review/file']
  await looksRight(
    t,
    browser,
    clock.now,
    pages.map((path) => `${shop}/${path}?env=prod`),
  )
})
