import { fingerprints } from '../check/fingerprint.ts'
import { Fault } from '../errors.ts'
import type { Document } from '../model/document.ts'
import type { Finding, Observation } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import type { ObservationEntry } from '../model/workspace.ts'
import { readWorkspace } from '../workspace/read-workspace.ts'
import { bundle } from './bundle.ts'
import { oneEnvironment } from './environments.ts'
import type { Inputs } from './inputs.ts'
import { sentObservations, type SentObservation } from './sent-observations.ts'

/** What a server is to check: this workspace as it stands, or one that the server has. */
export interface ElsewhereInput extends Pick<Inputs, 'source' | 'files' | 'override' | 'stdin'> {
  /** Needed where the workspace has several. */
  readonly environment?: string
  /** The name of a workspace on the server, against which what is observed here is checked. */
  readonly stored?: string
  readonly now: Date
}

/**
 * Has fragments and observations of a workspace checked by somebody else: `send` is given the request (`schemas/http/check-request.schema.json`).
 * The report names the files from which all of it came, as if it were made here.
 */
export async function checkElsewhere(
  input: ElsewhereInput,
  send: (request: object) => Promise<Report>,
): Promise<Report> {
  const { source, files, override, stdin, stored, now } = input
  const local = stored === undefined || files === undefined ? await readWorkspace(source) : undefined
  const environment = local === undefined ? input.environment : oneEnvironment(input.environment, local.environments)
  const given = await stdin?.()
  if (given?.ok === false) throw new Fault('INPUT_NOT_FOUND', given.message)
  const { sent, entries } = await sentObservations({
    entries: local?.workspace.observations ?? [],
    environment: environment ?? '',
    source,
    now,
    ...(files === undefined ? {} : { files }),
    ...(override === undefined ? {} : { override }),
    ...(given === undefined ? {} : { stdin: given.bytes }),
  })
  const whole =
    stored === undefined && local !== undefined
      ? { workspace: { ...local.workspace, observations: entries.map(asSent) }, files: await textsIn(source) }
      : { workspace: stored }
  const report = await send({
    ...whole,
    ...(environment === undefined ? {} : { environment }),
    snapshots: sent.map(({ body }) => body),
    now: now.toISOString(),
  })
  return fromHere(report, documentsByName(sent))
}

/** Each entry describes one observer, not files: none are looked for. */
function asSent(entry: ObservationEntry, index: number): ObservationEntry {
  return { ...entry, files: [`sent/${index}`] }
}

async function textsIn(source: Inputs['source']): Promise<Readonly<Record<string, string>>> {
  const { teams, shared } = await bundle(source)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const files = [...shared, ...[...teams.values()].flatMap((own) => [...own])]
  return Object.fromEntries(files.map(([name, bytes]) => [name, decoder.decode(bytes)]))
}

/** Documents by the names that a report gives to what was sent. */
function documentsByName(sent: readonly SentObservation[]): ReadonlyMap<string, Document> {
  return new Map(
    sent.flatMap(({ holds, documents }, index) =>
      documents.map((document, position) => {
        const name = `snapshots[${index}]`
        if (holds === 'itself') return [name, document] as const
        return [holds === 'state' ? `${name}.state` : `${name}.documents[${position}]`, document] as const
      }),
    ),
  )
}

function fromHere(report: Report, documents: ReadonlyMap<string, Document>): Report {
  const named = (name: string): string => documents.get(name)?.file ?? name
  return {
    ...report,
    notes: report.notes.map(({ line, ...note }) => {
      const document = note.file === undefined ? undefined : documents.get(note.file)
      // A line of what was sent is none of the file.
      if (document !== undefined) return { ...note, file: document.file }
      return line === undefined ? note : { ...note, line }
    }),
    environments: report.environments.map((environment) => ({
      ...environment,
      snapshots: environment.snapshots.map((snapshot) => ({
        ...snapshot,
        source: [...new Set(snapshot.source.split(', ').map(named))].join(', '),
      })),
    })),
    findings: report.findings.map((finding) => located(finding, documents)),
  }
}

function located(finding: Finding, documents: ReadonlyMap<string, Document>): Finding {
  const observations = finding.observations.map((observation) => placed(observation, documents))
  const [sent] = finding.observations
  const document = finding.kind === 'unreadable' ? documents.get(sent?.file ?? '') : undefined
  if (document === undefined) return { ...finding, observations }
  // What cannot be read is told by the name of its file, which is a part of what it is.
  const { environment, kind, path, rule, message } = finding
  const { file } = document
  return {
    ...finding,
    fingerprint: fingerprints(undefined)({ environment, kind, path, rule: rule.id, file }),
    message: message.replace(`${sent?.file ?? ''}: `, () => `${file}: `),
    observations,
  }
}

function placed(observation: Observation, documents: ReadonlyMap<string, Document>): Observation {
  const { file = '', pointer, value } = observation
  const document = documents.get(file)
  if (document === undefined) return observation
  const path = (pointer ?? '')
    .split('/')
    .slice(1)
    .map((label) => label.replaceAll('~1', '/').replaceAll('~0', '~'))
  const target = value === undefined && path.length > 0 ? 'key' : 'value'
  return { ...observation, file: document.file, ...document.locate(path, target) }
}
