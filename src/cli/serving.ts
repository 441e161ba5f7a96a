import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { createLineThreads } from '../at-once/line-threads.ts'
import { createCongruent, type Congruent } from '../congruent.ts'
import type { Engine } from '../engine/engine.ts'
import { Fault } from '../errors.ts'
import { createLog, logLevels, type Log, type LogLevel } from '../http/log.ts'
import { layeredMemory } from '../memory/layered-memory.ts'
import { processMemory } from '../memory/process-memory.ts'
import { createEngine } from './create-engine.ts'
import { type EngineTold, measuredEngine } from './measured-engine.ts'
import type { EngineName } from '../operations/dependencies.ts'
import type { Changed } from '../operations/stored/newest-sources.ts'
import { createOutgoing, type Outgoing } from '../outgoing/outgoing.ts'
import { createQueue } from '../queue/create-queue.ts'
import type { Queue } from '../queue/queue.ts'
import { createService, type Service } from '../service.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'

/** What a process that serves, or only works, is made of. */
export interface ServingOptions {
  /** Folder of the embedded database; with neither, nothing outlives the process. */
  readonly data?: string
  /** `postgres://…` of a PostgreSQL server. */
  readonly database?: string
  /** Folder of this user in which an embedded database that is new finds what makes it begin faster. */
  readonly cache?: string
  /** File of the program that is the engine `cue-native`; default: the one in this package. */
  readonly engineProgram?: string
  /** Hosts and addresses that may be called although they are not public. */
  readonly allow?: readonly string[]
  /** Where people see the pages; what is sent to webhooks links there. */
  readonly pages?: string
  /** Milliseconds that a check of a stored environment may take. */
  readonly checkDeadlineMs?: number
  readonly clock: () => Date
  readonly logLevel: LogLevel
  /** Writes a line of the log. */
  readonly write: (line: string) => void
  /** Told of each request to an engine. */
  readonly engineTold?: EngineTold
  /** Told of workspaces that were changed, before the asker is. */
  readonly changed?: Changed
}

export interface Serving {
  readonly log: Log
  readonly congruent: Congruent
  readonly store: Store
  readonly queue: Queue
  readonly outgoing: Outgoing
  readonly service: Service
  /** 256 random bits in base64url. */
  readonly random: () => string
  /** Answers when the engine really does. */
  engineReady(): Promise<void>
  /** Begins to do jobs, so many checks at a time. */
  work(lanes: number): Promise<void>
  /** Lets jobs in work end, then ends engine and store. */
  close(): Promise<void>
}

/** Opens store, queue and engine, and brings the service together over them. */
export async function openServing(options: ServingOptions): Promise<Serving> {
  const { data, database, cache, allow = [], pages, checkDeadlineMs, clock, changed } = options
  const log = createLog(options.logLevel, options.write, clock)
  const troubled = (error: unknown): void => {
    const code = error instanceof Fault ? error.code : 'INTERNAL'
    log.warn({ code }, error instanceof Error ? error.message : String(error))
  }
  // First what may be refused without any effect.
  const outgoing = createOutgoing({ allow })
  const store = await openStore({
    ...(data === undefined ? {} : { data }),
    ...(database === undefined ? {} : { database }),
    ...(cache === undefined ? {} : { cache }),
    clock,
  })
  try {
    const queue = await createQueue({ store, troubled })
    const engines = enginesOf(options)
    const congruent = createCongruent({
      engine: engines.open,
      clock,
      memory: layeredMemory(processMemory(), store.memory),
      // It stays open: what finding out how to divide small states costs is soon saved.
      fewest: 1,
    })
    const random = (): string => randomBytes(32).toString('base64url')
    const processors = availableParallelism()
    const lines = processors > 1 ? createLineThreads({ size: processors }) : undefined
    const service = createService({
      congruent,
      store,
      queue,
      outgoing,
      clock,
      random,
      ...(lines === undefined ? {} : { atOnce: lines }),
      ...(pages === undefined ? {} : { pages }),
      ...(checkDeadlineMs === undefined ? {} : { checkDeadlineMs }),
      ...(changed === undefined ? {} : { changed }),
    })
    let stopWork: (() => Promise<void>) | undefined
    return {
      log,
      congruent,
      store,
      queue,
      outgoing,
      service,
      random,
      engineReady: async () => {
        const engine = await engines.open('cue-go')
        await engine.unify(nothing, { deadlineMs: readyMs, subject: 'whether the engine answers' })
      },
      work: async (lanes) => {
        stopWork = await service.work({ lanes, troubled })
      },
      close: async () => {
        await stopWork?.()
        await queue.close()
        await lines?.close()
        await congruent.close()
        await engines.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The level of a log by its name; `info` where none is given. */
export function logLevelOf(text: string | undefined): LogLevel {
  return logLevels.find((level) => level === text) ?? 'info'
}

const readyMs = 5000
const nothing = { fragments: { files: [], parts: [], tags: {}, limits: [] } }

/** Which engines a server has is for whoever runs it; who asks for another one is told so, and no more. */
function notHere(error: unknown): unknown {
  if (!(error instanceof Fault) || error.code !== 'ENGINE_NOT_FOUND') return error
  return new Fault('USAGE', 'this server has no engine `cue-native`; `cue-go` answers the same', { cause: error })
}

/** Engines by name, each once; requests never run in the thread that answers others. */
function enginesOf({ engineProgram, engineTold }: ServingOptions): {
  readonly open: (name: EngineName) => Promise<Engine>
  readonly close: () => Promise<void>
} {
  const engines = new Map<EngineName, Promise<Engine>>()
  const open = async (name: EngineName): Promise<Engine> => {
    const engine = await createEngine(name, { program: engineProgram, requests: 'many' }).catch((error: unknown) => {
      throw notHere(error)
    })
    if (name === 'cue-go') engine.warm()
    return engineTold === undefined ? engine : measuredEngine(engine, engineTold)
  }
  return {
    open: (name) => {
      const engine = engines.get(name) ?? open(name)
      engines.set(name, engine)
      return engine
    },
    close: async () => {
      const opened = await Promise.allSettled(engines.values())
      await Promise.all(opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])))
    },
  }
}
