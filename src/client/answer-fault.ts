import { Fault, faults, type FaultCode, type FaultPlace } from '../errors.ts'
import { isDataObject, type Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'

const ofProblems = ['type', 'title', 'status', 'detail', 'code', 'problems']

/** The Fault that an answer tells of: that of a problem document, else that something is wrong with the server. */
export function faultOfAnswer(server: string, status: number, data: Data | undefined): Fault {
  const code = codeOf(memberOf(data, 'code'))
  const detail = memberOf(data, 'detail')
  if (data === undefined || !isDataObject(data) || code === undefined || typeof detail !== 'string')
    return new Fault(
      'SERVER_FAILED',
      `\`${server}\` answered with ${statusWords(status)}, and not as a Congruent server does`,
    )
  const request = memberOf(data, 'request')
  const known = status >= 500 && typeof request === 'string' ? ` (request \`${request}\`)` : ''
  const details = Object.fromEntries(Object.entries(data).filter(([name]) => !ofProblems.includes(name)))
  return new Fault(code === 'INTERNAL' ? 'SERVER_FAILED' : code, `\`${server}\` says: ${detail}${known}`, {
    places: placesOf(memberOf(data, 'problems')),
    details,
  })
}

function statusWords(status: number): string {
  return status >= 300 && status < 400 ? `a redirect (${status}): name the address that it leads to` : String(status)
}

function codeOf(data: Data | undefined): FaultCode | undefined {
  return Object.keys(faults).find((code): code is FaultCode => code === data)
}

function placesOf(data: Data | undefined): readonly FaultPlace[] {
  if (!Array.isArray(data)) return []
  return data.flatMap((problem: Data) => {
    const message = memberOf(problem, 'message')
    if (typeof message !== 'string') return []
    const file = memberOf(problem, 'file') ?? memberOf(problem, 'path')
    const line = memberOf(problem, 'line')
    const column = memberOf(problem, 'column')
    return [
      {
        message,
        ...(typeof file === 'string' ? { file } : {}),
        ...(typeof line === 'number' ? { line } : {}),
        ...(typeof column === 'number' ? { column } : {}),
      },
    ]
  })
}
