import { Fault, faults } from '../errors.ts'
import { printable } from '../report/printable.ts'

/** A fault for people: what happened, its code, and every place that it is about. */
export function faultLines(error: unknown): string {
  const fault = faultOf(error)
  const places = fault.places.map(({ message, file, line, column }) => {
    const place = file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}: `
    return `  ${printable(place)}${printable(message)}\n`
  })
  return `congruent: ${printable(fault.message)} (${fault.code})\n${places.join('')}`
}

/** The exit status of a fault. */
export function faultStatus(error: unknown): number {
  return faults[faultOf(error).code].exit
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new Fault('INTERNAL', `this is a defect of Congruent, please report it: ${words}`)
}
