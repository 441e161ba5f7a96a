import type { FastifyReply } from 'fastify'

/** Milliseconds that the work may take: what the server allows, or less where `Prefer: wait=SECONDS` (RFC 7240) asks for less; the answer says so. */
export function preferredWait(prefer: string | string[] | undefined, mostMs: number, reply: FastifyReply): number {
  if (prefer === undefined) return mostMs
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?(?=[\s,;]|$)/i.exec(String(prefer))?.[1]
  if (seconds === undefined || Number(seconds) === 0) return mostMs
  const applied = Math.min(Number(seconds) * 1000, mostMs)
  reply.header('preference-applied', `wait=${Math.floor(applied / 1000)}`)
  return applied
}
