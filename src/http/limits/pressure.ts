import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Whether the process is so busy that whatever it takes on makes everything wait. */
export interface Pressure {
  readonly isHigh: boolean
  /** Mean delay of the event loop in the last window, in milliseconds. */
  readonly delayMs: number
  close(): void
}

const nanosecondsPerMs = 1e6

/** Watches how late the event loop comes to its work, a window at a time: one long task is no pressure, many in a row are. */
export function watchPressure(mostMs: number, windowMs: number): Pressure {
  const resolution = 20
  const delays = monitorEventLoopDelay({ resolution })
  delays.enable()
  let delayMs = 0
  const timer = setInterval(() => {
    const mean = Number.isNaN(delays.mean) ? 0 : delays.mean / nanosecondsPerMs
    delayMs = Math.max(0, mean - resolution)
    delays.reset()
  }, windowMs)
  timer.unref()
  return {
    get isHigh() {
      return delayMs > mostMs
    },
    get delayMs() {
      return delayMs
    },
    close: () => {
      clearInterval(timer)
      delays.disable()
    },
  }
}
