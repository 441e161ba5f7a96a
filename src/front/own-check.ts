import { dataMap } from '../model/data-map.ts'
import { readingAtOnce } from '../operations/requested/asked-at-once.ts'
import { reportAtOnce } from '../operations/requested/lines-at-once.ts'
import { storedName, textIn } from '../operations/requested/sent-request.ts'
import type { OwnRoute } from './connection.ts'
import { asksPlainly, type OwnDependencies } from './own-dependencies.ts'

/** A larger body is for the server. */
const mostBytes = 65_536
const nothing = dataMap([])

/** `POST /v1/check`, where nothing is to be found. */
export function ownCheck(own: OwnDependencies): OwnRoute {
  const { access, known, clock, now } = own
  const read = readingAtOnce()
  return {
    mostBytes,
    answer: (head, body) => {
      const begun = now()
      const subject = asksPlainly(own, head, 'application/json')
      const asked = subject && read(nothing, body)
      const stored = asked && storedName(asked.request)
      if (subject === undefined || asked === undefined || stored === undefined) return undefined
      if (!access.may(subject, `check:${stored}`)) return undefined
      const about = known.about(stored, textIn(asked.request, 'environment'))
      const moment = clock()
      const text = about && reportAtOnce(about, asked, moment)
      if (text === undefined) return undefined
      const id = own.idOf(head.headers)
      own.answered({ head, id, subject, route: '/v1/check', operation: 'check', begun })
      const length = Buffer.byteLength(text)
      return own.okHead(id, 'application/json; charset=utf-8', own.date(moment), { length }) + text
    },
  }
}
