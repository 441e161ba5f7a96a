import type { Output } from '../measure/process.ts'

// What each peer's output says is wrong, as names of documents (`app-00037`); none throws on output of another form.

/** `opa eval` and `opa exec`, `gator test`, conftest and ajv: every message begins with the document's name. */
export function namedInMessages({ out }: Output): Iterable<string> {
  return matches(out, /"(app-\d+) breaks /g)
}

/** `kubeconform -output json`, which lists only what is wrong. */
export function namedByKubeconform({ out }: Output): Iterable<string> {
  return matches(out, /"name"\s*:\s*"(app-\d+)"/g)
}

/** `cue vet` of an array: every path begins with the position in it. */
export function namedByPosition(names: readonly string[]): (output: Output) => Iterable<string> {
  return ({ err }) => Array.from(matches(err, /^(\d+)\./gm), (position) => names[Number(position)] ?? position)
}

/** `cue vet` of one document a file: the positions below a message name the file. */
export function namedByFile({ err }: Output): Iterable<string> {
  return matches(err, /(app-\d+)\.json:\d/g)
}

/** `cue vet` of YAML documents: the positions below a message are lines of the stream, where documents begin with `---`. */
export function namedByLine(names: readonly string[], stream: string): (output: Output) => Iterable<string> {
  const begins = Array.from(stream.matchAll(/^---\n/gm), ({ index }) => stream.slice(0, index).split('\n').length)
  return ({ err }) =>
    Array.from(matches(err, /\.yaml:([\d,]+):/g), (line) => {
      const position = begins.filter((begin) => begin <= Number(line.replaceAll(',', ''))).length
      return names[position] ?? line
    })
}

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, name = '']) => name)
}
