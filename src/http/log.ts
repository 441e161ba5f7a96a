import { pino } from 'pino'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** Lines for whoever runs the server. Never bodies, tokens or queries. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
  isLevelEnabled(level: LogLevel): boolean
}

/** Writes a line of JSON for each event. */
export function createLog(level: LogLevel, write: (line: string) => void, clock: () => Date): Log {
  const timestamp = (): string => `,"time":"${clock().toISOString()}"`
  return pino({ level, base: null, timestamp, formatters: { level: (label) => ({ level: label }) } }, { write })
}
