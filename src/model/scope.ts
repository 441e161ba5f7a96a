import type { Scope } from './access.ts'

const wholeVerbs = ['read', 'check', 'admin'] as const
const targetVerbs = ['observe', 'publish', 'review'] as const
/** What stands behind the workspace. */
const targets = { observe: 'observer', publish: 'team', review: 'team' } as const

type WholeVerb = (typeof wholeVerbs)[number]
type TargetVerb = (typeof targetVerbs)[number]

interface Parts {
  readonly verb: WholeVerb | TargetVerb
  readonly workspace: string
  readonly target?: string
}

const workspaceName = /^(?:\*|[a-z0-9-]+)$/

/** The scope that a text is, or why it is none. */
export function parseScope(text: string): { readonly scope: Scope } | { readonly problem: string } {
  const parts = partsOf(text)
  if (parts === undefined) {
    const forms = [...wholeVerbs.map((verb) => `${verb}:WORKSPACE`), ...targetVerbs.map(formOf)]
    return { problem: `\`${text}\` is no scope: expected one of ${forms.map((form) => `\`${form}\``).join(', ')}` }
  }
  const { verb, workspace, target } = parts
  if (!workspaceName.test(workspace))
    return {
      problem: `\`${text}\` names no workspace: expected lower-case letters, digits and \`-\`, or \`*\` for every one`,
    }
  if (isWhole(verb)) {
    if (target === undefined) return { scope: `${verb}:${workspace}` as const }
    return { problem: `\`${text}\` says more than the workspace: expected \`${verb}:${workspace}\`` }
  }
  if (target !== undefined && target !== '') return { scope: `${verb}:${workspace}/${target}` as const }
  return { problem: `\`${text}\` names no ${targets[verb]}: expected \`${formOf(verb)}\`, or \`*\` for every one` }
}

/**
 * Whether what a token gives is enough for what is needed. `admin` gives all of its workspace; no other scope gives another one: who
 * publishes for a team may not read by that alone.
 */
export function scopeCovers(granted: Scope, needed: Scope): boolean {
  const given = partsOf(granted)
  const asked = partsOf(needed)
  if (given === undefined || asked === undefined) return false
  if (given.workspace !== '*' && given.workspace !== asked.workspace) return false
  if (given.verb === 'admin') return true
  return given.verb === asked.verb && (given.target === asked.target || given.target === '*')
}

/** Whether any of the scopes is enough. */
export function anyCovers(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) => scope === needed || scopeCovers(scope, needed))
}

/** Whose fragments scopes let publish or review, each once; `*` stands for every one. */
export function teamsOf(scopes: readonly Scope[]): readonly { readonly workspace: string; readonly team: string }[] {
  const found = new Map<string, { readonly workspace: string; readonly team: string }>()
  for (const scope of scopes) {
    const { verb, workspace, target: team } = partsOf(scope) ?? {}
    if (workspace === undefined || team === undefined || verb === 'observe') continue
    found.set(`${workspace}/${team}`, { workspace, team })
  }
  return Array.from(found.values())
}

/** An observer's name may hold anything, `/` and `:` as well: the first of each divides. */
function partsOf(scope: string): Parts | undefined {
  const colon = scope.indexOf(':')
  const verb = [...wholeVerbs, ...targetVerbs].find((known) => known === scope.slice(0, colon))
  if (colon < 0 || verb === undefined) return undefined
  const rest = scope.slice(colon + 1)
  const slash = rest.indexOf('/')
  return slash < 0
    ? { verb, workspace: rest }
    : { verb, workspace: rest.slice(0, slash), target: rest.slice(slash + 1) }
}

function isWhole(verb: WholeVerb | TargetVerb): verb is WholeVerb {
  return wholeVerbs.some((whole) => whole === verb)
}

function formOf(verb: TargetVerb): string {
  return `${verb}:WORKSPACE/${targets[verb].toUpperCase()}`
}
