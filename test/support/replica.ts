import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { quickToBegin } from './quick-to-begin.ts'

/** One process of the program, which a test may end as hard as it likes. */
export interface Replica {
  /** Where it answers, once it does; the empty text for one that only works. Rejects where it ended before. */
  readonly ready: Promise<string>
  /** Ends it at once, as when the power goes, and waits until it is gone. */
  kill(): Promise<void>
  /** Asks it to end, and waits for its exit status. */
  end(): Promise<number | null>
}

const program = fileURLToPath(new URL('../../../bin/congruent.js', import.meta.url))

/** Starts `congruent serve` on a port of its own, or `congruent work`; on a database, or on a data folder; `more` options. */
export function startReplica(
  command: 'serve' | 'work',
  place: string | { readonly data: string },
  more: readonly string[] = [],
): Replica {
  const where = typeof place === 'string' ? { CONGRUENT_DATABASE: place } : { CONGRUENT_DATA: place.data }
  const args = [command, ...(command === 'serve' ? ['--port', '0'] : []), '--log-level', 'error', ...more]
  const child = spawn(process.execPath, [...quickToBegin, program, ...args], {
    env: { ...process.env, ...where, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  const ready = readiness(child)
  // Whoever ends it before does not wait for it.
  ready.catch(() => undefined)
  return {
    ready,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    end: async () => {
      child.kill('SIGTERM')
      await gone
      return child.exitCode
    },
  }
}

function readiness(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    let complained = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const [, address] = /listening on (\S+)\n/.exec(said) ?? []
      if (address !== undefined || said.includes('working')) resolve(address ?? '')
    })
    child.stderr?.on('data', (chunk) => (complained += chunk))
    child.once('exit', (status, signal) => reject(new Error(`it ended with ${signal ?? status}: ${complained}`)))
  })
}
