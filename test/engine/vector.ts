import { readdirSync, readFileSync } from 'node:fs'
import type { Engine, EngineOptions } from '../../src/engine/engine.ts'
import type { Answer, Fragments, IdentityRequest, Part, Request, SourceFile } from '../../src/engine/protocol.ts'

/** One case of engine/testdata/vectors: a request, and the whole answer to it. */
export interface Vector {
  readonly name: string
  readonly request: Exclude<Request, IdentityRequest>
  readonly answer: Answer
}

const folder = 'engine/testdata/vectors'

/** All vectors, sorted by name. The form is described in engine/evaluator/vectors_test.go, which runs them natively. */
export function readVectors(): readonly Vector[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txtar'))
    .sort()
    .map((name) => readVector(name, readFileSync(`${folder}/${name}`, 'utf8')))
}

/** Puts a vector's request to an engine. */
export function askVector(engine: Engine, { name, request }: Vector): Promise<object> {
  const options = { deadlineMs: 120_000, subject: name }
  const ask: ((request: never, options: EngineOptions) => Promise<object>) | undefined =
    engine[request.op]?.bind(engine)
  if (ask === undefined) throw new Error(`${engine.identity.name} has no \`${request.op}\``)
  return ask(request as never, options)
}

function readVector(name: string, text: string): Vector {
  const archive = readArchive(text)
  const { fragments, base, ...request } = JSON.parse(archive.get('request.json') ?? '')
  const answer = JSON.parse(archive.get('answer.json') ?? '')
  const filesBelow = (folder: string, parts: readonly Part[]): readonly SourceFile[] =>
    [...archive]
      .filter(([file]) => file !== 'request.json' && file !== 'answer.json' && file.startsWith(folder))
      .map(([file, text]): SourceFile => {
        const own = file.slice(folder.length)
        const team = teamOf(own, parts)
        return { name: own, text, ...(team !== '' && { team }) }
      })
  const filled = (of: Fragments, folder: string): Fragments => ({ ...of, files: filesBelow(folder, of.parts) })
  if (base === undefined) return { name, request: { ...request, fragments: filled(fragments, '') }, answer }
  const both = { base: filled(base, 'base/'), fragments: filled(fragments, 'head/') }
  return { name, request: { ...request, ...both }, answer }
}

/** Files by name, in txtar form: each follows a line `-- name --`; what stands before the first is a comment. */
function readArchive(text: string): ReadonlyMap<string, string> {
  const [, ...rest] = text.split(/^-- (.+) --\n/m)
  const files = new Map<string, string>()
  for (let i = 0; i < rest.length; i += 2) files.set(rest[i] ?? '', rest[i + 1] ?? '')
  return files
}

/** The team of the part whose folder or file is the longest prefix of the name. */
function teamOf(name: string, parts: readonly Part[]): string {
  let best = { team: '', length: -1 }
  for (const part of parts) {
    const prefix = part.kind !== 'package' ? part.file : part.dir === '.' ? '' : `${part.dir}/`
    const fits = name.startsWith(prefix) && !name.startsWith('cue.mod/')
    if (fits && prefix.length > best.length) best = { team: part.team, length: prefix.length }
  }
  return best.team
}
