import type { PatchOperation } from '../../src/model/patch.ts'

/** Applies a JSON Patch as RFC 6902 says, to data of JSON; throws where an operation cannot be done. */
export function applyPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  return operations.reduce((data, operation) => changed(data, labelsOf(operation.path), operation), document)
}

function labelsOf(pointer: string): readonly string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw new Error(`no pointer: ${pointer}`)
  return pointer
    .slice(1)
    .split('/')
    .map((label) => label.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function changed(data: unknown, [label, ...rest]: readonly string[], operation: PatchOperation): unknown {
  if (label === undefined) {
    if (operation.op === 'test' && JSON.stringify(data) !== JSON.stringify(operation.value))
      throw new Error(`test failed: ${operation.path}`)
    return operation.op === 'test' ? data : operation.value
  }
  if (Array.isArray(data)) return changedList(data, label, rest, operation)
  if (typeof data !== 'object' || data === null) throw new Error(`nothing there: ${operation.path}`)
  const members = new Map<string, unknown>(Object.entries(data))
  const isLast = rest.length === 0
  if (!members.has(label) && !(isLast && operation.op === 'add')) throw new Error(`nothing there: ${operation.path}`)
  if (isLast && operation.op === 'remove') members.delete(label)
  else members.set(label, changed(members.get(label), rest, operation))
  return Object.fromEntries(members)
}

function changedList(
  list: readonly unknown[],
  label: string,
  rest: readonly string[],
  operation: PatchOperation,
): unknown {
  const isLast = rest.length === 0
  const position = label === '-' ? list.length : /^(?:0|[1-9]\d*)$/.test(label) ? Number(label) : Number.NaN
  const adds = isLast && operation.op === 'add'
  if (!(position < list.length + (adds ? 1 : 0))) throw new Error(`no such position: ${operation.path}`)
  if (adds) return [...list.slice(0, position), operation.value, ...list.slice(position)]
  if (isLast && operation.op === 'remove') return list.toSpliced(position, 1)
  return list.with(position, changed(list[position], rest, operation))
}
