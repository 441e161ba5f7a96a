import { resolve } from 'node:path'
import { readConfig, type Config } from '../config.ts'
import { noMemory, type Memory } from '../memory/memory.ts'
import type { Congruent } from '../congruent.ts'
import type { Engine } from '../engine/engine.ts'
import type { EngineName } from '../operations/dependencies.ts'
import { packageVersion } from '../version.ts'
import type { CommandContext } from './command.ts'
import type { Parsed } from './program.ts'
import { commands } from './commands.ts'
import { createEngine, type EngineChoice } from './create-engine.ts'
import { exitStatuses } from './exit-status.ts'
import { faultLines, faultStatus } from './fault-lines.ts'
import { choiceFlag, engineFlag, isSet, ownEngines, type Flags } from './flags.ts'
import { readStream, write, type Io } from './io.ts'
import { plainArguments } from './plain-arguments.ts'

/** Runs one command line and answers the exit status. Everything that it touches comes in; nothing ends the process. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // A reader that goes away is told of by the write itself.
  for (const stream of [io.stdout, io.stderr]) stream.on('error', () => undefined)
  // Whoever waits for input that does not come is to wait no more.
  io.interrupted.addEventListener('abort', () => io.stdin.destroy?.())
  const parsed = plainArguments(argv, commands) ?? (await readCarefully(argv))
  if (parsed.kind === 'said') {
    await write(io.stdout, parsed.stdout)
    await write(io.stderr, parsed.stderr)
    return parsed.status
  }
  const { command, flags, args } = parsed
  let work: Work | undefined
  try {
    work = startWork(io, configOf(io, flags))
    return await command.run(work.context, flags, args)
  } catch (error) {
    if (io.interrupted.aborted) return exitStatuses.interrupted
    await write(io.stderr, faultLines(error))
    return faultStatus(error)
  } finally {
    await work?.end()
  }
}

/** For help and mistakes, and whatever else is rarely typed. */
async function readCarefully(argv: readonly string[]): Promise<Parsed> {
  const { parseArguments } = await import('./program.ts')
  return parseArguments(argv, commands, packageVersion())
}

function configOf(io: Io, flags: Flags): Config {
  const color = choiceFlag(flags, 'color', ['auto', 'always', 'never']) ?? 'auto'
  const engineProgram = engineFlag(flags)?.program
  const config = readConfig(
    io.env,
    {
      color,
      quiet: isSet(flags, 'quiet'),
      noCache: flags['cache'] === false,
      ...(engineProgram === undefined ? {} : { engineProgram }),
    },
    io,
  )
  return config.cache === undefined ? config : { ...config, cache: resolve(io.cwd, config.cache) }
}

interface Closable {
  close(): Promise<void>
}

/** What a command is given, and the end of all that it starts. */
interface Work {
  readonly context: CommandContext
  readonly end: () => Promise<void>
}

function startWork(io: Io, config: Config): Work {
  const program = config.engineProgram === undefined ? undefined : resolve(io.cwd, config.engineProgram)
  const engine = (name: EngineName, warm = false, requests: 'few' | 'several' = 'few'): Promise<Engine> =>
    start(startedEngine(name, { program, requests }, warm))
  const started: Promise<Closable>[] = []
  const memories: Memory[] = []
  const start = <T extends Closable>(starting: Promise<T>): Promise<T> => {
    // Whoever waits for it learns why it failed; perhaps nobody waits any more.
    starting.catch(() => undefined)
    started.push(starting)
    return starting
  }
  let standardInput: ReturnType<CommandContext['stdin']> | undefined
  const context: CommandContext = {
    io,
    config,
    open: async (directory) => {
      const { folderSource } = await import('../workspace/folder-source.ts')
      return folderSource(resolve(io.cwd, directory))
    },
    engines: async () => {
      const engines = await Promise.all(ownEngines.map((name) => engine(name)))
      return engines.map(({ identity }) => identity)
    },
    clock: () => new Date(),
    git: async (...run) => {
      const { gitProgram } = await import('../git/git-program.ts')
      return gitProgram(io.env)(...run)
    },
    fetch: globalThis.fetch,
    memory: async (workspace) => {
      const memory = await openMemory(config.cache, workspace)
      memories.push(memory)
      return memory
    },
    congruent: (name = 'cue-go', memory, requests = 'few') => {
      const chosen = engine(name, true, requests)
      return start(createOperations((asked) => (asked === name ? chosen : engine(asked)), memory))
    },
    stdin: () => (standardInput ??= readStream(io.stdin, 'standard input')),
  }
  const end = async (): Promise<void> => {
    const ended = await Promise.allSettled(started)
    await Promise.allSettled(ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])))
    await Promise.all(memories.map((memory) => memory.flush()))
  }
  return { context, end }
}

/** An engine of this run; a warm one starts to work before it is asked. */
async function startedEngine(name: EngineName, choice: EngineChoice, warm: boolean): Promise<Engine> {
  const engine = await createEngine(name, choice)
  if (warm && name !== 'cue-wasm') engine.warm()
  return engine
}

/** What is remembered on disk, but for a workspace around it: whoever can write to a workspace could plant an answer. */
async function openMemory(folder: string | undefined, workspace: string): Promise<Memory> {
  if (folder === undefined) return noMemory
  const { diskMemory } = await import('../memory/disk/disk-memory.ts')
  return diskMemory({ folder, outside: [workspace] })
}

async function createOperations(engine: (name: EngineName) => Promise<Engine>, memory: Memory): Promise<Congruent> {
  const { createCongruent } = await import('../congruent.ts')
  return createCongruent({ engine, memory })
}
