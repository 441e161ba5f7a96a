import type { IncomingMessage } from 'node:http'
import { Fault } from '../../errors.ts'

/** All bytes of a body, at most so many. Rejects with BODY_TOO_LARGE, or BODY_INVALID where the asker breaks off. */
export function receiveBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.reject(tooLarge(mostBytes))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const end = (): void => {
      request.off('data', take).off('end', done).off('error', broken).off('close', broken)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      chunks.push(chunk)
      if (length <= mostBytes) return
      end()
      request.pause()
      reject(tooLarge(mostBytes))
    }
    const done = (): void => {
      end()
      const [only] = chunks
      resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, length))
    }
    const broken = (): void => {
      end()
      reject(brokenOff())
    }
    request.on('data', take).on('end', done).on('error', broken).on('close', broken)
  })
}

/** The bytes of a body as they come, at most so many. */
export async function* streamBody(request: IncomingMessage, mostBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes)
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk
    length += bytes.length
    if (length > mostBytes) throw tooLarge(mostBytes)
    yield bytes
  }
  // A request that no socket brought (`inject`) does not know whether it is complete; it ends only where it is.
  if ('complete' in request && !request.complete) throw brokenOff()
}

function tooLarge(mostBytes: number): Fault {
  return new Fault('BODY_TOO_LARGE', `the body is larger than ${mostBytes} bytes, which is as much as is read`)
}

function brokenOff(): Fault {
  return new Fault('BODY_INVALID', 'the body broke off before its end')
}
