import type { Output } from './io.ts'

/** When to say that work goes on, and how often. */
export interface ProgressTiming {
  readonly delayMs: number
  readonly everyMs: number
}

const defaultTiming: ProgressTiming = { delayMs: 1000, everyMs: 1000 }

/** Shows on a terminal that work goes on, once it has taken a second; the answer ends it and wipes the line. */
export function startProgress(stream: Output, work: string, timing: ProgressTiming = defaultTiming): () => void {
  let ticks = 0
  let shown = false
  const show = (): void => {
    shown = true
    const seconds = Math.round((timing.delayMs + ticks * timing.everyMs) / 1000)
    ticks += 1
    stream.write(`\r\u{1b}[K${work} … ${seconds} s`, () => undefined)
  }
  let repeat: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    show()
    repeat = setInterval(show, timing.everyMs)
    repeat.unref()
  }, timing.delayMs)
  first.unref()
  return () => {
    clearTimeout(first)
    clearInterval(repeat)
    if (shown) stream.write('\r\u{1b}[K', () => undefined)
  }
}
