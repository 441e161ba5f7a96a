import { checkSent, explainSent, unifySent, type RequestLimits } from './answers.ts'
import { checkLines, type LinesDependencies, type LinesRequest } from './check-lines.ts'
import { knownNewest, type KnownDependencies } from './known-newest.ts'
import type { LinesAbout } from './lines-at-once.ts'
import type { SentRequest } from './sent-request.ts'

type KnownAbout = Pick<LinesAbout, 'stored' | 'environment'>

/** The operations on what a request brings along; they keep nothing. */
export function requestedSide(dependencies: LinesDependencies & KnownDependencies) {
  return {
    checkSent: (sent: SentRequest, limits: RequestLimits) => checkSent(dependencies, sent, limits),
    checkLines: (request: LinesRequest) => checkLines(dependencies, request),
    unifySent: (sent: SentRequest, limits: RequestLimits) => unifySent(dependencies, sent, limits),
    knownNewest: (about: KnownAbout) => knownNewest(dependencies, about),
    explainSent: (sent: SentRequest, limits: RequestLimits) => explainSent(dependencies, sent, limits),
  }
}

export type RequestedSide = ReturnType<typeof requestedSide>
