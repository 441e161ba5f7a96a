import { Fault } from '../../errors.ts'
import type { FaultCode } from '../../errors.ts'
import type { Death } from './messages.ts'

const codes = {
  deadline: 'ENGINE_DEADLINE',
  memory: 'ENGINE_MEMORY',
  crashed: 'ENGINE_CRASHED',
  cancelled: 'ENGINE_CLOSED',
  closed: 'ENGINE_CLOSED',
  recycled: 'ENGINE_CLOSED',
} as const satisfies Record<Death['kind'], FaultCode>

const advice = {
  deadline:
    'raise --timeout, or look for many unions of structs that no field tells apart, which take exponential time',
  memory: 'check fewer documents at a time, or split the environment',
  crashed: 'this is a defect of the engine: please report it together with this input',
  cancelled: 'ask again',
  closed: 'create another engine',
  recycled: 'ask again',
} as const satisfies Record<Death['kind'], string>

/** The fault of a request whose worker ended: what was in work, what happened, what to do. */
export function faultOf(death: Death, subject: string): Fault {
  const cause = death.output === undefined ? undefined : new Error(death.output)
  return new Fault(codes[death.kind], `${subject}: ${death.detail}; ${advice[death.kind]}`, { cause })
}
