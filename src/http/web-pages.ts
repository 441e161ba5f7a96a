import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Access } from './access/access.ts'
import { guardPages } from './page-guard.ts'

const folder = new URL('../../../build/web/', import.meta.url)

/**
 * The pages for people: one document at `/`, `/signin` and below `/w/`, which finds out itself what to show, and its scripts and styles below
 * `/assets/`. They ask for no token; what they ask of the API does.
 */
export async function registerWebPages(app: FastifyInstance, access: Access): Promise<void> {
  if (!existsSync(new URL('index.html', folder))) return
  const document = readFileSync(new URL('index.html', folder), 'utf8')
  await app.register(async (pages) => {
    await guardPages(pages, access)
    await pages.register(fastifyStatic, {
      root: fileURLToPath(new URL('assets/', folder)),
      prefix: '/assets/',
      index: false,
      // Their names change with what they hold.
      immutable: true,
      maxAge: '1y',
      decorateReply: false,
    })
    await pages.register(fastifyStatic, {
      root: fileURLToPath(folder),
      prefix: '/icon.svg',
      serve: false,
    })
    pages.get('/icon.svg', (_request, reply) => reply.sendFile('icon.svg'))
    for (const url of ['/', '/signin', '/w/*'])
      pages.get(url, async ({ url: asked }, reply) =>
        reply
          .header('content-type', 'text/html; charset=utf-8')
          .header('cache-control', 'no-cache')
          .send(documentAt(document, asked)),
      )
  })
}

/** The document with its scripts and styles named relative to an address, so that it works below any path of a proxy. */
function documentAt(document: string, address: string): string {
  const [path = '/'] = address.split('?', 1)
  const depth = path.split('/').length - 2
  const up = depth === 0 ? './' : '../'.repeat(depth)
  return document.replaceAll(/(src|href)="\.\//g, `$1="${up}`)
}
