import { parentPort } from 'node:worker_threads'
import { toJson } from '../../document/to-json.ts'
import { Fault } from '../../errors.ts'
import { readYamlBody } from './body.ts'
import type { YamlAnswer, YamlQuestion } from './yaml-threads.ts'

// The script of a thread that reads YAML: it answers the same document as JSON, which its asker reads in no time.
parentPort?.on('message', ({ bytes, deadlineMs }: YamlQuestion) => {
  parentPort?.postMessage(answerTo(bytes, deadlineMs), [])
})

function answerTo(bytes: Uint8Array, deadlineMs: number): YamlAnswer {
  try {
    return { json: Buffer.from(toJson(readYamlBody(bytes, deadlineMs).data)) }
  } catch (error) {
    if (!(error instanceof Fault))
      return { fault: { code: 'BODY_INVALID', message: 'the body cannot be read', details: {} } }
    const { code, message, details } = error
    return { fault: { code, message, details } }
  }
}
