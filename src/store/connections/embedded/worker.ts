import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { EmbeddedAnswer, EmbeddedRequest, EmbeddedStart } from './messages.ts'
import { findTemplate, keepTemplate } from './template.ts'

const port = parentPort
if (port === null) throw new TypeError('this is the script of a thread')
const answer = (message: EmbeddedAnswer): void => port.postMessage(message)
// Only our own connection starts this thread.
const { folder, fresh } = workerData as EmbeddedStart
const int8 = 20

try {
  const templates = fresh?.templates
  const template = templates === undefined ? undefined : findTemplate(templates)
  const database = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    ...(template !== undefined && { loadDataDir: new Blob([template]) }),
    parsers: { [int8]: Number },
  })
  // Begun before anything else is asked, so that it is of an empty database; it is no loss if it comes to nothing.
  const kept =
    templates === undefined || template !== undefined
      ? Promise.resolve()
      : dump(database, templates).catch(() => undefined)
  database.onNotification((channel, detail) => answer({ kind: 'notification', channel, detail }))
  port.on('message', (request: EmbeddedRequest) => {
    void serve(database, request, kept)
  })
  answer({ kind: 'open' })
} catch (error) {
  answer({ kind: 'failed', message: messageOf(error) })
}

async function dump(database: PGlite, templates: string): Promise<void> {
  const dumped = await database.dumpDataDir('none')
  await keepTemplate(templates, new Uint8Array(await dumped.arrayBuffer()))
}

async function serve(database: PGlite, request: EmbeddedRequest, kept: Promise<void>): Promise<void> {
  const { id } = request
  try {
    if (request.kind === 'close') {
      await kept
      await database.close()
      answer({ kind: 'answer', id, rows: [], affected: 0 })
      port?.close()
      return
    }
    const results =
      request.values === undefined
        ? await database.exec(request.text)
        : [await database.query(request.text, [...request.values])]
    const rows = results.flatMap((result): readonly unknown[] => result.rows)
    const affected = results.reduce((sum, result) => sum + (result.affectedRows ?? 0), 0)
    answer({ kind: 'answer', id, rows, affected })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    answer({ kind: 'error', id, message: messageOf(error), code })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
