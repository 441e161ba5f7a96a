import { setTimeout } from 'node:timers/promises'
import { resolve } from 'node:path'
import type { Asking } from '../../cluster/api.ts'
import { followCluster } from '../../cluster/follow-cluster.ts'
import { openCluster } from '../../cluster/open-cluster.ts'
import { findScopes, readCluster, type ToRead } from '../../cluster/read-cluster.ts'
import { sha256 } from '../../model/sha256.ts'
import { parsePath, type Path } from '../../model/path.ts'
import { takeCluster } from '../../operations/snapshots/take-cluster.ts'
import { contentOf, type Taken } from '../../operations/snapshots/taken.ts'
import type { CommandContext } from '../command.ts'
import { isSet, textFlag, textFlags, timeoutFlag, type Flags } from '../flags.ts'
import { typed } from '../requests.ts'

/** A cluster as it was seen, once or again and again, and what it is called. */
export interface LiveCluster {
  readonly observer: string
  readonly takes: AsyncIterable<Taken>
}

const quiet = { quietMs: 1000, mostMs: 10_000 }
const defaultDeadlineMs = 60_000

/** Finds the cluster that the flags name. */
export async function liveCluster({ io }: CommandContext, flags: Flags): Promise<LiveCluster> {
  const at = textFlag(flags, 'at') ?? ''
  const place = typed(() => parsePath(at))
  const kubeconfig = textFlag(flags, 'kubeconfig')
  const context = textFlag(flags, 'context')
  const api = await openCluster({
    ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(io.cwd, kubeconfig) }),
    ...(context === undefined ? {} : { context }),
  })
  const asking: Asking = {
    api,
    wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
    signal: io.interrupted,
    deadlineMs: timeoutFlag(flags) ?? defaultDeadlineMs,
  }
  const wanted = {
    kinds: textFlags(flags, 'kinds')
      .flatMap((names) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    namespaces: [...new Set(textFlags(flags, 'namespace'))],
  }
  const found = await findScopes(wanted, asking)
  const takes = isSet(flags, 'watch') ? changing(found, asking, place) : once(found, asking, place)
  return { observer: api.name, takes }
}

async function* once({ scopes, notes }: ToRead, asking: Asking, at: Path): AsyncGenerator<Taken> {
  const taken = takeCluster((await readCluster(scopes, asking)).view(), { at })
  yield { ...taken, notes: [...notes, ...taken.notes] }
}

/** Whatever is told of the cluster itself is told once; a change that leaves everything as it was is none. */
async function* changing({ scopes, notes }: ToRead, asking: Asking, at: Path): AsyncGenerator<Taken> {
  let before: string | undefined
  try {
    for await (const view of followCluster(scopes, asking, quiet)) {
      const taken = takeCluster(view, { at })
      const content = sha256(contentOf(taken))
      if (content === before) continue
      yield before === undefined ? { ...taken, notes: [...notes, ...taken.notes] } : { ...taken, notes: [] }
      before = content
    }
  } catch (error) {
    // The user wants an end, and has what there was until now.
    if (!asking.signal.aborted || before === undefined) throw error
  }
}
