import { resolve } from 'node:path'
import { readConfig, type Config } from '../config.ts'
import type { Congruent } from '../congruent.ts'
import type { Engine } from '../engine/engine.ts'
import type { EngineName } from '../operations/dependencies.ts'
import { packageVersion } from '../version.ts'
import type { CommandContext } from './command.ts'
import { commands } from './commands.ts'
import { exitStatuses } from './exit-status.ts'
import { faultLines, faultStatus } from './fault-lines.ts'
import { choiceFlag, engineNames, isSet } from './flags.ts'
import { readStream, write, type Io } from './io.ts'
import { parseArguments } from './program.ts'

/** Runs one command line and answers the exit status. Everything that it touches comes in; nothing ends the process. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // A reader that goes away is told of by the write itself.
  for (const stream of [io.stdout, io.stderr]) stream.on('error', () => undefined)
  // Whoever waits for input that does not come is to wait no more.
  io.interrupted.addEventListener('abort', () => io.stdin.destroy?.())
  const parsed = parseArguments(argv, commands, packageVersion())
  if (parsed.kind === 'said') {
    await write(io.stdout, parsed.stdout)
    await write(io.stderr, parsed.stderr)
    return parsed.status
  }
  const { command, flags, args } = parsed
  const color = choiceFlag(flags, 'color', ['auto', 'always', 'never']) ?? 'auto'
  const work = startWork(io, readConfig(io.env, { color, quiet: isSet(flags, 'quiet') }, io))
  try {
    return await command.run(work.context, flags, args)
  } catch (error) {
    if (io.interrupted.aborted) return exitStatuses.interrupted
    await write(io.stderr, faultLines(error))
    return faultStatus(error)
  } finally {
    await work.end()
  }
}

interface Closable {
  close(): Promise<void>
}

/** What a command is given, and the end of all that it starts. */
function startWork(io: Io, config: Config): { context: CommandContext; end: () => Promise<void> } {
  const started: Promise<Closable>[] = []
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
      const engines = await Promise.all(engineNames.map((name) => start(createEngine(name))))
      return engines.map(({ identity }) => identity)
    },
    congruent: (name = 'cue-go') => {
      const chosen = start(createEngine(name, true))
      return start(createOperations((asked) => (asked === name ? chosen : start(createEngine(asked)))))
    },
    stdin: () => (standardInput ??= readStream(io.stdin, 'standard input')),
  }
  const end = async (): Promise<void> => {
    const ended = await Promise.allSettled(started)
    await Promise.allSettled(ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])))
  }
  return { context, end }
}

/** The one place that makes engines; a warm one starts to work before it is asked. */
async function createEngine(name: EngineName, warm = false): Promise<Engine> {
  if (name === 'cue-wasm') {
    const { createCueWasm } = await import('../engine/cue-wasm/cue-wasm.ts')
    return createCueWasm()
  }
  const { createCueGo } = await import('../engine/cue-go/cue-go.ts')
  const engine = createCueGo()
  if (warm) engine.warm()
  return engine
}

async function createOperations(engine: (name: EngineName) => Promise<Engine>): Promise<Congruent> {
  const { createCongruent } = await import('../congruent.ts')
  return createCongruent({ engine })
}
