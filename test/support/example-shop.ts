import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredService } from './stored-service.ts'

const folder = 'examples/shop'
const places = { platform: 'platform', security: 'security', payments: 'teams/payments' } as const
const hour = 3_600_000

/** Puts the example of a shop on a server: its fragments, and an hour apart what each observer of production saw, checked each time. */
export async function putExampleShop({ app, service, jobs, clock }: StoredService): Promise<void> {
  const send = async (method: 'PUT' | 'POST', path: string, body: string, type: string): Promise<void> => {
    const url = `/v1/workspaces/shop${path}`
    const answer = await app.inject({ method, url, headers: { 'content-type': type }, payload: body })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
    for (const job of jobs.splice(0)) {
      const [, workspace = '', environment = ''] = /^check (.*)\/(.*)$/.exec(job) ?? []
      if (environment !== '') await service.makeCheck({ workspace, environment })
    }
  }
  const yaml = 'application/yaml'
  await send('PUT', '', readFileSync(join(folder, 'congruent.yaml'), 'utf8'), yaml)
  for (const [team, place] of Object.entries(places)) {
    const names = readdirSync(join(folder, place), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.cue'),
    )
    const files = Object.fromEntries(
      names.map((name) => [`${place}/${name}`, readFileSync(join(folder, place, name), 'utf8')]),
    )
    await send('PUT', `/teams/${team}/fragments?force=true`, JSON.stringify({ files }), 'application/json')
  }
  const seen = join(folder, 'observed/prod')
  for (const name of readdirSync(seen).toSorted()) {
    clock.now = new Date(clock.now.getTime() + hour)
    await send('POST', '/snapshots?environment=prod', readFileSync(join(seen, name), 'utf8'), yaml)
  }
}
