import type { Asking } from './api.ts'
import { pauseMs } from './ask.ts'
import type { ClusterView, Holding } from './holding.ts'
import { list } from './list.ts'
import { readCluster } from './read-cluster.ts'
import type { Scope } from './scopes.ts'
import { watch } from './watch.ts'

/** When changes are worth a new view, in milliseconds. */
export interface Quiet {
  /** Nothing more has changed for so long. */
  readonly quietMs: number
  /** Whatever changes: a change waits no longer than this. */
  readonly mostMs: number
}

/** A kind that cannot be watched is listed again so often, and so is what was refused. */
const againMs = 60_000
/** After so many failures in a row nobody knows what has changed meanwhile: the list is read again, or refused. */
const mostFailures = 5

/** A cluster as it is, and again whenever it has changed and is quiet again. Ends by an error only: the signal's, or a Fault. */
export async function* followCluster(
  scopes: readonly Scope[],
  asking: Asking,
  quiet: Quiet,
): AsyncGenerator<ClusterView, never> {
  const ending = new AbortController()
  const signal = AbortSignal.any([asking.signal, ending.signal])
  const within = { ...asking, signal }
  const held = await readCluster(scopes, within)
  const changes = newChanges()
  const following = Promise.all(scopes.map((scope) => followScope(scope, held, within, changes.tell)))
  // Whoever waits for the next view learns of it.
  following.catch(() => undefined)
  try {
    for (;;) {
      yield held.view()
      await Promise.race([changes.next(), following])
      await quietAgain(changes, within, quiet)
    }
  } finally {
    ending.abort()
    await following.catch(() => undefined)
  }
}

async function followScope(scope: Scope, held: Holding, asking: Asking, changed: () => void): Promise<never> {
  let idle = 0
  for (;;) {
    const version = held.version(scope)
    if (version === undefined || !scope.kind.watchable) await asking.wait(againMs, asking.signal)
    else {
      idle = (await watchOn(scope, version, held, asking, changed)) ? 1 : idle + 1
      await asking.wait(pauseMs(idle), asking.signal)
    }
    held.put(scope, await list(scope, asking))
    changed()
  }
}

/** Watches until the list must be read again; whether anything was heard before. */
async function watchOn(
  scope: Scope,
  from: string,
  held: Holding,
  asking: Asking,
  changed: () => void,
): Promise<boolean> {
  let version = from
  let isHeard = false
  for (let failures = 0; failures < mostFailures;) {
    let heard = false
    const { how, version: newest } = await watch(scope, version, asking, (object, isThere) => {
      heard = true
      held.change(scope, object, isThere)
      changed()
    })
    isHeard ||= heard
    if (how === 'expired') break
    version = newest
    failures = how === 'ended' || heard ? 0 : failures + 1
    // A server that ends a watch at once is not asked without a pause.
    await asking.wait(pauseMs(failures + 1), asking.signal)
  }
  return isHeard
}

interface Changes {
  readonly tell: () => void
  /** Resolves once something has changed since it was asked for last. */
  next(): Promise<void>
  count(): number
}

function newChanges(): Changes {
  let count = 0
  let known = 0
  let wake: (() => void) | undefined
  return {
    tell: () => {
      count++
      wake?.()
    },
    next: async () => {
      if (count === known)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      known = count
    },
    count: () => count,
  }
}

async function quietAgain(changes: Changes, { wait, signal }: Asking, { quietMs, mostMs }: Quiet): Promise<void> {
  for (let waited = 0; waited < mostMs; waited += quietMs) {
    const before = changes.count()
    await wait(quietMs, signal)
    if (changes.count() === before) return
  }
}
