// A scenario is one text file: a comment that says what is at stake, a transcript of commands with what each answers, and
// the files that they work on, in txtar form.
//
//   > congruent check -e prod < input.yaml     a command; `NAME=value` before it sets an environment variable
//   | a line of standard output
//   ! a line of standard error
//   = 1                                        the exit status
//
//   -- congruent.yaml --
//   a file's text, up to the next such line

/** One command of a scenario, with what it is to answer. */
export interface Step {
  readonly command: string
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** A scenario, read. */
export interface Transcript {
  readonly comment: string
  readonly steps: readonly Step[]
  readonly files: Readonly<Record<string, string>>
}

/** Reads a scenario. */
export function readTranscript(text: string): Transcript {
  const [head = '', ...rest] = text.split(/^-- (.+) --\n/m)
  const files: Record<string, string> = {}
  for (let index = 0; index < rest.length; index += 2) files[rest[index] ?? ''] = rest[index + 1] ?? ''
  const [comment = '', ...commands] = head.split(/^> /m)
  const steps = commands.map((block) => {
    const [command = '', ...lines] = block.split('\n')
    const marked = (mark: string): string =>
      lines
        .filter((line) => line === mark || line.startsWith(`${mark} `))
        .map((line) => `${line.slice(2)}\n`)
        .join('')
    return { command, stdout: marked('|'), stderr: marked('!'), status: Number(marked('=')) }
  })
  return { comment: comment.trim(), steps, files }
}

/** Writes a scenario. */
export function writeTranscript({ comment, steps, files }: Transcript): string {
  const blocks = steps.map(({ command, stdout, stderr, status }) =>
    [`> ${command}`, ...marked('|', stdout), ...marked('!', stderr), `= ${status}`, ''].join('\n'),
  )
  const contents = Object.entries(files).map(([name, text]) => `-- ${name} --\n${text}`)
  return [`${comment}\n`, ...blocks, contents.join('')].join('\n')
}

function marked(mark: string, text: string): readonly string[] {
  if (text === '') return []
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${mark} ${line}`.trimEnd())
}

/** The words of a command line: separated by blanks, `'…'` and `"…"` hold together. */
export function wordsOf(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g), ([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )
}
