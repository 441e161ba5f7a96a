import { hash } from 'node:crypto'
import type { QuotedLine, QuotedLines } from '../../model/quoted-line.ts'
import type { Memory } from '../memory.ts'
import { withExact, withoutExact, type Exact } from './exact.ts'
import { record } from './recording.ts'
import type { Seen, World } from './world.ts'

/** What a run came to, with the lines that it quotes. */
export interface Answer<T> {
  readonly value: T
  readonly lines: QuotedLines
}

/** A run that may have been done before. */
export interface Run<T> {
  /** The world to be read if nothing is remembered: it notes what is read. */
  readonly world: World
  /** The answer of an earlier run to the same question, if the world gives again all that it gave that one. Never rejects. */
  recall(): Promise<Answer<T> | undefined>
  /** Remembers the answer to what `world` gave, until a moment in milliseconds since 1970. */
  remember(answer: Answer<T>, holdsUntil: number): void
}

/** What was seen, and until when the answer holds: the first line of what is remembered of a run. */
interface Trace {
  readonly seen: readonly Seen[]
  /** Absent where the clock plays no part. */
  readonly holdsUntil?: number
}

type Stored<T> = readonly [plain: T, exact: readonly Exact[], lines: StoredLines]
type StoredLines = readonly (readonly [file: string, lines: readonly (readonly [number, StoredLine])[]])[]
type StoredLine = string | readonly (readonly [at: number, text: string, column: number])[]

/**
 * A run whose answer depends on its question, on what it reads of the world, and on the moment up to `holdsUntil`, and on nothing else.
 * An earlier answer is given only after the world was asked again, in the order of then, all that it was asked then: each call is made
 * only after those that led to it gave the same, so that nothing is asked that the run itself would not ask.
 */
export function tracedRun<T>(memory: Memory, question: unknown, world: World, now: number): Run<T> {
  const key = `run/${hash('sha256', JSON.stringify(question), 'base64url')}/answer`
  const recording = record(world)
  return {
    world: recording.world,
    recall: async () => {
      const text = (await memory.recall([key])).get(key)
      if (text === undefined) return undefined
      const end = text.indexOf('\n')
      // Nobody but this program, in this version, has written it.
      const { seen, holdsUntil = Infinity }: Trace = JSON.parse(text.slice(0, end))
      if (!(now <= holdsUntil)) return undefined
      for (const one of seen) {
        const isSame = await recording.isAsSeen(one).catch(() => false)
        if (!isSame) return undefined
      }
      const [plain, exact, lines]: Stored<T> = JSON.parse(text.slice(end))
      return { value: withExact(plain, exact), lines: readLines(lines) }
    },
    remember: ({ value, lines }, holdsUntil) => {
      const seen = recording.seen()
      if (seen === undefined || !(now <= holdsUntil)) return
      const trace: Trace = { seen, ...(holdsUntil === Infinity ? {} : { holdsUntil }) }
      const { plain, exact } = withoutExact(value)
      memory.remember([[key, `${JSON.stringify(trace)}\n${JSON.stringify([plain, exact, writeLines(lines)])}`]])
    },
  }
}

function writeLines(lines: QuotedLines): StoredLines {
  const stored = (line: QuotedLine): StoredLine =>
    typeof line === 'string' ? line : Array.from(line, ([at, { text, column }]) => [at, text, column] as const)
  return Array.from(lines, ([file, byNumber]) => [
    file,
    Array.from(byNumber, ([number, line]) => [number, stored(line)]),
  ])
}

function readLines(lines: StoredLines): QuotedLines {
  const quoted = (line: StoredLine): QuotedLine =>
    typeof line === 'string' ? line : new Map(line.map(([at, text, column]) => [at, { text, column }]))
  return new Map(lines.map(([file, stored]) => [file, new Map(stored.map(([number, line]) => [number, quoted(line)]))]))
}
