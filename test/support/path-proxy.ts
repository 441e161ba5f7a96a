import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { Test } from 'tap'

/** A reverse proxy on loopback that has a server below a path of its own, as one stands before several services of a host. */
export async function pathProxy(t: Test, path: string) {
  let target = ''
  const outside: string[] = []
  const proxy = createServer((asked, answer) => {
    const { url = '', method, headers } = asked
    if (!url.startsWith(`${path}/`)) {
      outside.push(url)
      answer.writeHead(404).end()
      return
    }
    const passedOn = request(`${target}${url.slice(path.length)}`, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
      got.once('error', () => answer.destroy())
    })
    passedOn.once('error', () => {
      if (answer.headersSent) answer.destroy()
      else answer.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>')
    })
    answer.once('close', () => passedOn.destroy())
    asked.pipe(passedOn)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  t.teardown(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const bound = proxy.address()
  const origin = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`
  return {
    /** Where the server is seen. */
    address: `${origin}${path}`,
    /** What was asked of the host beside it. */
    outside,
    /** Where the server is, from now on. */
    to: (address: string): void => void (target = address),
  }
}
