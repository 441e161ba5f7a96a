import { compareText } from '../model/order.ts'

/** The environment of a workspace that names none. */
const onlyEnvironment = 'default'

/** The environments of a workspace, sorted, from the names that its file gives: one named `default` where it gives none. */
export function environmentNames(given: readonly string[]): readonly string[] {
  return given.length === 0 ? [onlyEnvironment] : given.toSorted(compareText)
}
