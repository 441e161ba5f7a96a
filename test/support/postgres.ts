import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL server of a test's own. */
export interface PostgresServer {
  /** Makes an empty database; answers its address. */
  database(name: string): Promise<string>
  /** Ends all sessions of a database, as a restart would; they may come back. */
  endSessions(name: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a server in a temporary folder, reached by a socket in it, so that no port is taken. It ends with the process that started it,
 * however that ends. Undefined where PostgreSQL is not installed.
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const programs = postgresPrograms()
  if (programs === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'congruent-postgres-'))
  // PostgreSQL refuses to run as root.
  const user: { uid?: number; gid?: number } = process.getuid?.() === 0 ? unprivileged() : {}
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  execFileSync(join(programs, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'ignore' })
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=200']
  const server = [join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  // The shell waits for the end of its input, which comes with the end of this process at the latest.
  const script = '"$@" <&- & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$0"'
  const shell = spawn('sh', ['-c', script, folder, ...server], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    shell.stderr.on('data', (text) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    shell.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
  const address = (name: string): string => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client(address('postgres'))
    await client.connect()
    await client.query(text)
    await client.end()
  }
  return {
    database: async (name) => {
      await run(`create database "${name}"`)
      return address(name)
    },
    endSessions: (name) => run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
    stop: async () => {
      const ended = once(shell, 'exit')
      shell.stdin.end()
      await ended
    },
  }
}

/** The folder of the server's programs, which Debian keeps outside of the search path; undefined where there are none. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).filter((version) => Number(version) >= 15) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function unprivileged(): { readonly uid: number; readonly gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (found === undefined) throw new Error('there is no user `postgres` or `nobody` for PostgreSQL to run as')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}
