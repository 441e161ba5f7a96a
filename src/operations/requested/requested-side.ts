import { checkSent, explainSent, unifySent, type RequestLimits } from './answers.ts'
import { checkLines, type LinesDependencies, type LinesRequest } from './check-lines.ts'
import type { SentRequest } from './sent-request.ts'

/** The operations on what a request brings along; they keep nothing. */
export function requestedSide(dependencies: LinesDependencies) {
  return {
    checkSent: (sent: SentRequest, limits: RequestLimits) => checkSent(dependencies, sent, limits),
    checkLines: (request: LinesRequest) => checkLines(dependencies, request),
    unifySent: (sent: SentRequest, limits: RequestLimits) => unifySent(dependencies, sent, limits),
    explainSent: (sent: SentRequest, limits: RequestLimits) => explainSent(dependencies, sent, limits),
  }
}

export type RequestedSide = ReturnType<typeof requestedSide>
