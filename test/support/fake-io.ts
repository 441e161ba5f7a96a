import type { Io, Output } from '../../src/cli/io.ts'

/** A stream that remembers. */
export interface FakeOutput extends Output {
  text: string
}

/** Streams in memory, for `main`. */
export interface FakeIo extends Io {
  readonly stdout: FakeOutput
  readonly stderr: FakeOutput
}

/** A world without a process. */
export function fakeIo(given: {
  readonly cwd: string
  readonly stdin?: string
  readonly env?: Io['env']
  readonly columns?: number
  readonly interrupted?: AbortSignal
  readonly terminal?: boolean
}): FakeIo {
  const { cwd, stdin = '', env = {}, columns, interrupted = new AbortController().signal, terminal = false } = given
  const size = columns === undefined ? {} : { columns }
  return {
    cwd,
    env,
    interrupted,
    stdin: (async function* () {
      yield Buffer.from(stdin)
    })(),
    stdout: fakeOutput({ isTTY: terminal, ...size }),
    stderr: fakeOutput({ isTTY: terminal, ...size }),
  }
}

function fakeOutput(terminal: { isTTY: boolean; columns?: number }): FakeOutput {
  const stream: FakeOutput = {
    ...terminal,
    text: '',
    on: () => undefined,
    write: (text, done) => {
      stream.text += text
      done()
    },
  }
  return stream
}
