import { Fault } from '../errors.ts'
import type { Access } from '../http/access/access.ts'
import { bodyTypeOf } from '../http/reading/media-type.ts'
import type { requestIds } from '../http/request-ids.ts'
import type { BodyType } from '../http/route.ts'
import type { Subject } from '../model/access.ts'
import type { KnownWorkspaces } from './known-workspaces.ts'
import type { okHeads } from './ok-head.ts'
import type { RequestHead } from './request-head.ts'

/** A request that a front has answered. */
export interface OwnAnswered {
  readonly head: RequestHead
  readonly id: string
  readonly subject: Subject
  readonly route: string
  readonly operation: string
  /** In milliseconds, as `now` tells them. */
  readonly begun: number
}

/** What a front answers requests with. */
export interface OwnDependencies {
  readonly access: Access
  readonly known: KnownWorkspaces
  readonly clock: () => Date
  /** Milliseconds that only grow. */
  readonly now: () => number
  readonly idOf: ReturnType<typeof requestIds>
  readonly okHead: ReturnType<typeof okHeads>
  /** A moment as HTTP writes it. */
  readonly date: (moment: Date) => string
  readonly answered: (answered: OwnAnswered) => void
}

/** Who asks, if that is known at once, and the request is plain: with a body of this type, without wishes that only the server reads. */
export function asksPlainly(
  { access }: OwnDependencies,
  { headers }: RequestHead,
  type: BodyType,
): Subject | undefined {
  if (headers['prefer'] !== undefined || headers['origin'] !== undefined) return undefined
  try {
    bodyTypeOf(headers, [type])
    const subject = access.subjectOf({ headers }, 'token')
    if (!(subject instanceof Promise)) return subject
    // It is found out for the next request; whoever must be refused learns why from the server.
    subject.catch(() => undefined)
  } catch (error) {
    // What a fault ends the server answers.
    if (!(error instanceof Fault)) throw error
  }
  return undefined
}

/** Moments as HTTP writes them, each second once. */
export function httpDates(): (moment: Date) => string {
  let second = NaN
  let text = ''
  return (moment) => {
    const now = Math.floor(moment.getTime() / 1000)
    if (now !== second) {
      second = now
      text = moment.toUTCString()
    }
    return text
  }
}
