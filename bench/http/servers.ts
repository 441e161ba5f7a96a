import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { congruent } from '../ours.ts'
import { policies, rules } from '../rules/policies.ts'
import { writeFiles } from '../workspaces.ts'
import { startServer, type ServerProcess } from './server-process.ts'

/** Ours, with the policy published in a stored workspace. */
export async function ours(folder: string): Promise<ServerProcess> {
  writeFiles(folder, { README: 'the data of a server\n' })
  const server = await startServer({
    command: [...congruent, 'serve', '--port', '0', '--data', join(folder, 'data')],
    folder,
    address: (written) => /^listening on (\S+)$/m.exec(written)?.[1],
  })
  await put(`${server.address}/v1/workspaces/deployments`, {
    workspace: 'deployments',
    teams: { policy: { fragments: ['./policy'] } },
  })
  await put(`${server.address}/v1/workspaces/deployments/teams/policy/fragments`, {
    files: { 'policy/policy.cue': `${rules('deployment.cue')}\ndeployments: [string]: #Deployment\n` },
  })
  return server
}

async function put(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`PUT ${url}: ${await answer.text()}`)
}

/** `opa run --server` with the same policy; it writes no line a request. */
export async function theirs(program: string, folder: string): Promise<ServerProcess> {
  writeFiles(folder, { 'policy.rego': policies()['rego/policy.rego'] ?? '' })
  const address = `127.0.0.1:${await freePort()}`
  const options = ['--addr', address, '--log-level', 'error', '--disable-telemetry', '--skip-version-check']
  const server = await startServer({
    command: [program, 'run', '--server', ...options, 'policy.rego'],
    folder,
    address: () => `http://${address}`,
  })
  for (let tries = 0; tries < 200; tries++) {
    if (await answers(`${server.address}/health`)) return server
    await setTimeout(50)
  }
  await server.stop()
  throw new Error('opa does not answer')
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** A port that nobody listened on a moment ago, for a program that does not choose one itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
