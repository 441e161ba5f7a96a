import { Script } from 'node:vm'

const workName = Symbol.for('congruent.limited-work')
let script: Script | undefined

/** Does work in this thread and ends it, wherever it is, after so many milliseconds; then it throws. */
export function withTimeLimit<T>(milliseconds: number, work: () => T): T {
  script ??= new Script("globalThis[Symbol.for('congruent.limited-work')]()")
  let result: { readonly value: T } | undefined
  Reflect.set(globalThis, workName, () => {
    result = { value: work() }
  })
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(milliseconds)) })
  } finally {
    Reflect.deleteProperty(globalThis, workName)
  }
  if (result === undefined) throw new Error('the work ended without a result')
  return result.value
}
