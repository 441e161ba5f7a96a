import type { Death, FromRunner } from './messages.ts'

/** What runs an engine for a member of a pool: a thread, or a process. It never keeps this process alive. */
export interface Runner {
  /** Begins; `early` says whether nothing waits for it yet. Rejects where there is nothing to begin with. */
  start(early: () => boolean): Promise<void>
  /** Hands a request over; the answer comes as a message. */
  ask(text: string): void
  /** Ends it, whatever it is doing; resolves when it is gone. */
  kill(): Promise<void>
  /** What it wrote beside its answers, as much as a fault may quote. */
  written(): string
}

/** Makes a runner that says everything through `hear`: that it is ready, its answers, its death. */
export type MakeRunner = (hear: (message: FromRunner) => void) => Runner

/** Characters of what a runner wrote that are kept. */
export const longestOutput = 16_384

/** The death of a runner in which something threw that says nothing more about itself. */
export function crashed(error: unknown): Death {
  const words = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error ? error.stack : undefined
  return { kind: 'crashed', detail: firstLine(`the engine stopped: ${words}`), ...(stack && { output: stack }) }
}

function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? text : text.slice(0, end)
}
