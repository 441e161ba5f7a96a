import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startServer, type ServerProcess } from '../http/server-process.ts'
import { congruent } from '../ours.ts'
import { writeFiles } from '../workspaces.ts'

const fieldsEach = 5
const waitsMs = 600_000

/** A server with one workspace `large`: so many findings, and twice as many fields that are wanted and observed. */
export async function serverWith(findings: number, folder: string): Promise<ServerProcess> {
  writeFiles(folder, { README: 'the data of a server\n' })
  const server = await startServer({
    command: [...congruent, 'serve', '--port', '0', '--data', join(folder, 'data')],
    folder,
    address: (written) => /^listening on (\S+)$/m.exec(written)?.[1],
  })
  const services = Array.from({ length: (findings * 2) / fieldsEach }, (_, index) => `s${index}`)
  const send = async (method: 'PUT' | 'POST', path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const url = `${server.address}/v1/workspaces/large${path}`
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${url}: ${await answer.text()}`)
  }
  await send('PUT', '', {
    workspace: 'large',
    teams: { platform: { fragments: ['./platform'], contact: '#platform' } },
    observations: [{ files: ['none.json'], observer: 'cluster' }],
  })
  await send('PUT', '/teams/platform/fragments', { files: { 'platform/services.cue': fragment(services) } })
  await send('POST', '/snapshots', {
    snapshot: 1,
    observer: 'cluster',
    sequence: 1,
    observedAt: '2026-05-04T09:30:00Z',
    state: { services: Object.fromEntries(services.map((name, index) => [name, observed(index)])) },
  })
  await until(async () => {
    const verdict: unknown = await (await fetch(`${server.address}/v1/workspaces/large/verdict`)).json()
    return JSON.stringify(verdict).includes(`"violates":${findings},`)
  })
  return server
}

function fragment(services: readonly string[]): string {
  const lines = services.map((name) => `\t${name}: {}`)
  return `package platform

services: [string]: {
	replicas: int & >=2 @rule(id="HA-1", title="two replicas")
	image:    =~"^registry/" @rule(id="SEC-1", title="our registry")
	region:   "eu" @rule(id="LAW-1", title="data stay")
	port:     >1024
	owner:    string
}
services: {
${lines.join('\n')}
}
`
}

/** Two and a half findings each: every second region is wrong, too. */
function observed(index: number): object {
  const region = index % 2 === 0 ? 'us' : 'eu'
  return { replicas: 1, image: `docker.io/shop/service:${index}`, region, port: 8080, owner: `team-${index % 20}` }
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < waitsMs; waited += 500) {
    if (await isDone()) return
    await setTimeout(500)
  }
  throw new Error('the server did not check it in time')
}
