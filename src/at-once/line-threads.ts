import { Pool } from '../engine/pool/pool.ts'
import { threads } from '../engine/pool/thread.ts'
import { exactJson } from '../model/exact-json.ts'
import type { LinesAnswer, LinesAtOnce, LinesQuestion } from '../operations/requested/lines-at-once.ts'
import { factsOf, knownNames } from './known-facts.ts'
import { headAndRest, withHead, type AnswerHead, type Given } from './question.ts'

/** How many threads there are, and where their module is. */
export interface LineThreadsOptions {
  readonly size: number
  readonly script?: URL
}

/** What all lines have in common is part of each question, so that there must not be much of it. */
const longestCommon = 4096
/** What is asked takes milliseconds: whoever needs longer is ended. */
const mostMs = 5000

/** Answers lines in worker threads, which are started when first needed. */
export function createLineThreads({
  size,
  script = new URL('./worker.js', import.meta.url),
}: LineThreadsOptions): LinesAtOnce & { close(): Promise<void> } {
  const pool = new Pool({
    make: threads({ script, boot: async () => undefined }),
    greet: () => {},
    recycleBytes: 512 * 2 ** 20,
    size,
  })
  const nameOf = knownNames()
  return {
    answer: async (question) => {
      const common = exactJson(question.common)
      if (common.length > longestCommon) return allLeft(question)
      const id = idOf(nameOf(question.known), question, common)
      const lines = question.lines.map(latin1).join('\n')
      const head = { id, first: question.first, now: question.now.getTime() }
      const options = { deadlineMs: Math.min(question.deadlineMs, mostMs), subject: 'lines of a batch' }
      try {
        const answer = answerOf(await pool.ask(withHead(head, lines), options))
        if (answer !== 'unknown') return answer
        const given = givenOf(question, common)
        const second = answerOf(await pool.ask(withHead({ ...head, given }, lines), options))
        return second === 'unknown' ? allLeft(question) : second
      } catch {
        // Whatever the matter is with a thread, or with a line, whoever goes the whole way with the lines finds out.
        return allLeft(question)
      }
    },
    close: () => pool.close(),
  }
}

function allLeft({ first, lines }: LinesQuestion): LinesAnswer {
  return { written: '', left: lines.map((_, index) => first + index) }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

function answerOf(text: string): LinesAnswer | 'unknown' {
  const [line, written] = headAndRest(text)
  const head: AnswerHead = JSON.parse(line)
  return 'unknown' in head ? 'unknown' : { written, left: head.left }
}

function idOf(name: string, { stored, environment }: LinesQuestion, common: string): string {
  return JSON.stringify([name, stored, environment, common])
}

function givenOf({ known, stored, environment }: LinesQuestion, common: string): Given {
  return {
    stored,
    ...(environment === undefined ? {} : { environment }),
    common,
    known: factsOf(known),
  }
}
