import { spawn } from 'node:child_process'
import { Fault } from '../errors.ts'
import type { Git, GitAnswer } from './git.ts'

const defaultMostBytes = 64 * 1024 * 1024
const mostWords = 4096

/** The user's own settings that would change an answer, start a program or wait for somebody. */
const settings = ['core.quotePath=false', 'core.fsmonitor=false', 'core.pager=cat', 'diff.renameLimit=1000'] as const

/** The git program of this machine: it asks nobody, locks nothing, and finds the repository by the folder alone. */
export function gitProgram(env: Readonly<Record<string, string | undefined>>, program = 'git'): Git {
  const given = environmentFor(env)
  return (folder, args, { input, mostBytes = defaultMostBytes } = {}) =>
    new Promise((resolve, reject) => {
      const all = ['-C', folder, '--no-pager', ...settings.flatMap((setting) => ['-c', setting]), ...args]
      const child = spawn(program, all, { env: given, stdio: 'pipe', windowsHide: true })
      const pieces: Buffer[] = []
      let [length, words] = [0, '']
      child.on('error', (error) => reject(absent(program, error)))
      child.stdout.on('data', (bytes: Buffer) => {
        length += bytes.length
        if (length <= mostBytes) pieces.push(bytes)
        else child.kill('SIGKILL')
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        words = (words + text).slice(0, mostWords)
      })
      // What cannot be written is told by the end of the process.
      child.stdin.on('error', () => {}).end(input)
      child.on('close', (status, signal) => {
        const answer: GitAnswer = { status: status ?? 128, stdout: Buffer.concat(pieces), stderr: words }
        if (length > mostBytes) reject(tooMuch(args, folder, mostBytes))
        else if (signal !== null) resolve({ ...answer, stderr: words || `it was ended by ${signal}` })
        else resolve(answer)
      })
    })
}

/** Variables that say where a repository is belong to whoever started us, such as a hook; the rest is as the user set it. */
function environmentFor(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || (name.startsWith('GIT_') && !/^GIT_(?:CONFIG_|CEILING_DIRECTORIES$|SSL|SSH)/.test(name))
      ? []
      : [[name, value] as const],
  )
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
  }
}

function absent(program: string, error: Error): Fault {
  const why = 'code' in error && error.code === 'ENOENT' ? 'it is not installed, or not on the `PATH`' : error.message
  return new Fault('GIT_NOT_FOUND', `\`${program}\` cannot be run: ${why}`, { cause: error })
}

function tooMuch(args: readonly string[], folder: string, mostBytes: number): Fault {
  const most = `${mostBytes.toLocaleString('en')} bytes`
  return new Fault('GIT_FAILED', `\`git ${args[0] ?? ''}\` in \`${folder}\` answers more than ${most}`)
}
