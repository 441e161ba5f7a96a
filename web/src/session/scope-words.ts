import type { Scope } from '../api/operations.ts'

/** What a scope lets one do, in words: `approve for payments in shop`. */
export function scopeWords(scope: Scope): string {
  const [, verb = '', workspace = '', target = ''] = /^([^:]+):([^/]*)\/?([^]*)$/.exec(scope) ?? []
  const where = workspace === '*' ? 'every workspace' : workspace
  const who = target === '*' ? 'every team' : target
  switch (verb) {
    case 'admin':
      return workspace === '*' ? 'everything' : `everything in ${where}`
    case 'read':
      return `read ${where}`
    case 'check':
      return `have states checked against ${where}`
    case 'observe':
      return `report to ${where} as ${target === '*' ? 'any observer' : target}`
    case 'publish':
      return `publish and propose for ${who} in ${where}`
    case 'review':
      return `approve and object for ${who} in ${where}`
    default:
      return scope
  }
}
