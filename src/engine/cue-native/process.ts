// One engine in a process of its own: a request is a line of its input, an answer a line of its output. It inherits
// nothing: no environment, no folder, no open files. It ends with its input, so that it never outlives this process.

import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { Socket } from 'node:net'
import type { Death, FromRunner } from '../pool/messages.ts'
import { crashed, longestOutput } from '../pool/runner.ts'
import type { MakeRunner, Runner } from '../pool/runner.ts'
import { notAnEngine } from './program.ts'

/** Tells how many bytes a process holds; 0 where that cannot be told. */
export type MemoryOf = (pid: number) => number

/** Makes processes that run the program in a file. */
export function processes(path: string, memoryOf: MemoryOf): MakeRunner {
  return (hear) => new EngineProcess(path, memoryOf, hear)
}

const newline = 0x0a
/** Far more than any engine needs to say what it is. */
const longestHello = 65_536

/** A process that is asked one thing at a time. Requests and answers of any size pass through its pipes piece by piece. */
class EngineProcess implements Runner {
  readonly #path: string
  readonly #memoryOf: MemoryOf
  readonly #hear: (message: FromRunner) => void
  #child: ChildProcessWithoutNullStreams | undefined
  #awaits: 'hello' | 'answer' | 'nothing' = 'hello'
  /** What came of a line that has not ended yet. */
  #pieces: Buffer[] = []
  #errors = ''
  #greeted = (): void => {}
  #refuse: (reason: unknown) => void = () => {}

  constructor(path: string, memoryOf: MemoryOf, hear: (message: FromRunner) => void) {
    this.#path = path
    this.#memoryOf = memoryOf
    this.#hear = hear
  }

  /** Rejects with ENGINE_MISMATCH if the file is no program, or ends before it says what it is. */
  async start(): Promise<void> {
    try {
      await this.#begin()
    } catch (error) {
      throw notAnEngine(this.#path, error)
    }
  }

  ask(text: string): void {
    this.#awaits = 'answer'
    this.#child?.stdin.write(Buffer.from(`${text}\n`))
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.ref()
    child.kill('SIGKILL')
    await gone
  }

  written(): string {
    return this.#errors
  }

  #begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#greeted = resolve
      this.#refuse = reject
      const child = spawn(this.#path, ['--hosted'], { cwd: '/', env: {}, stdio: 'pipe', windowsHide: true })
      child.on('error', reject)
      child.on('close', (status, signal) => {
        // Until it has said what it is, it may be anything.
        if (this.#awaits === 'hello' && signal === null) reject(new Error(wordsOfEnd(status, signal, this.#errors)))
        else this.#die(deathOf(status, signal, this.#errors))
      })
      child.stdout.on('data', (bytes: Buffer) => this.#read(bytes))
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#errors = (this.#errors + text).slice(0, longestOutput)
      })
      // What cannot be written is told by the end of the process.
      child.stdin.on('error', () => {})
      for (const stream of child.stdio) if (stream instanceof Socket) stream.unref()
      child.unref()
      this.#child = child
      child.stdin.write('{"op":"identity"}\n')
    })
  }

  #read(bytes: Buffer): void {
    const end = bytes.indexOf(newline)
    this.#pieces.push(end < 0 ? bytes : bytes.subarray(0, end))
    const isUnasked = this.#awaits === 'nothing' || (end >= 0 && end + 1 < bytes.length)
    if (isUnasked) this.#die({ kind: 'crashed', detail: 'the engine said more than it was asked' })
    else if (end >= 0) this.#said()
    else if (this.#awaits === 'hello' && lengthOf(this.#pieces) > longestHello)
      this.#refuse(new Error('it does not say what it is'))
  }

  #said(): void {
    const awaited = this.#awaits
    const pieces = this.#pieces
    this.#awaits = 'nothing'
    this.#pieces = []
    try {
      const text = Buffer.concat(pieces).toString()
      if (awaited === 'hello') {
        this.#greeted()
        this.#hear({ kind: 'ready', hello: text })
      } else this.#hear({ kind: 'answer', text, bytes: this.#memoryOf(this.#child?.pid ?? 0) })
    } catch (error) {
      this.#die(crashed(error))
    }
  }

  #die(death: Death): void {
    this.#hear({ kind: 'died', death })
  }
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

/** How Go's runtime says it. */
const outOfMemory = /out of memory|cannot allocate memory/

function deathOf(status: number | null, signal: NodeJS.Signals | null, errors: string): Death {
  if (outOfMemory.test(errors)) return { kind: 'memory', detail: 'the engine ran out of memory' }
  if (signal === 'SIGKILL')
    return { kind: 'memory', detail: 'the system ended the engine (SIGKILL), most likely for want of memory' }
  return { kind: 'crashed', detail: `the engine stopped: ${wordsOfEnd(status, signal, errors)}` }
}

/** The first line that the process wrote (`panic: …`, `fatal error: …`), else how it ended. */
function wordsOfEnd(status: number | null, signal: NodeJS.Signals | null, errors: string): string {
  const line = errors.split('\n').find((text) => text.trim() !== '')
  return line?.trim() ?? (signal === null ? `it ended with status ${status}` : `it was ended by ${signal}`)
}
