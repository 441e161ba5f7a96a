import type { Answered } from './words.ts'

/** Counts what was answered until somebody is told. */
export interface AnsweredCount {
  add(route: string, ms: number): void
  /** All since the last time. */
  take(): readonly Answered[]
}

/** Counts how long requests took, by route. */
export function answeredCount(): AnsweredCount {
  let routes = new Map<string, number[]>()
  return {
    add: (route, ms) => {
      const all = routes.get(route)
      if (all === undefined) routes.set(route, [ms / 1000])
      else all.push(ms / 1000)
    },
    take: () => {
      const told = Array.from(routes, ([route, all]) => ({ route, seconds: Float32Array.from(all) }))
      routes = new Map()
      return told
    },
  }
}
