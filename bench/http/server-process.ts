import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** A server that runs as a process of its own. */
export interface ServerProcess {
  /** `http://127.0.0.1:40123` */
  readonly address: string
  /** Milliseconds of all processors that it has taken until now; NaN where the system does not tell. */
  cpu(): number
  /** Megabytes that it holds now; NaN where the system does not tell. */
  memory(): number
  stop(): Promise<void>
}

/** What starts a server, and how its address is found. */
export interface ServerCommand {
  readonly command: readonly string[]
  readonly folder: string
  /** Finds the address in what it wrote; undefined until it is there. */
  readonly address: (written: string) => string | undefined
}

const startsWithinMs = 120_000

/** Starts a server; throws with what it wrote where it ends or never tells its address. */
export async function startServer({ command, folder, address }: ServerCommand): Promise<ServerProcess> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  const hear = (chunk: Buffer): void => {
    if (written.length < 100_000) written += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  for (let waited = 0; waited < startsWithinMs; waited += 50) {
    const found = address(written)
    if (found !== undefined)
      return { address: found, cpu: () => cpuOf(child.pid), memory: () => memoryOf(child.pid), stop }
    if (child.exitCode !== null) break
    await setTimeout(50)
  }
  await stop()
  throw new Error(`${program} does not serve: ${written.trim().split('\n').at(-1) ?? ''}`)
}

const ticksInSecond = 100

/** Of a process and all that it started; NaN where the system does not tell. */
function cpuOf(pid: number | undefined): number {
  const family = familyOf(pid)
  return family.length === 0 ? NaN : (family.reduce((sum, { ticks }) => sum + ticks, 0) / ticksInSecond) * 1000
}

function memoryOf(pid: number | undefined): number {
  const family = familyOf(pid)
  return family.length === 0 ? NaN : family.reduce((sum, one) => sum + residentOf(one.pid), 0)
}

interface Member {
  readonly pid: number
  readonly ticks: number
}

function familyOf(pid: number | undefined): readonly Member[] {
  const all = processes()
  const found = all.filter((one) => one.pid === pid)
  for (const { pid: parent } of found) found.push(...all.filter((one) => one.parent === parent))
  return found
}

function processes(): readonly (Member & { readonly parent: number })[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []))
  } catch {
    return []
  }
}

function statOf(pid: number): readonly (Member & { readonly parent: number })[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
  } catch {
    // It ended meanwhile.
    return []
  }
}

function residentOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return (Number(kilobytes ?? 0) * 1024) / 1e6
  } catch {
    return 0
  }
}
