import { fastifyHelmet } from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Access } from './access/access.ts'

/** Everything from here, nothing from elsewhere. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

/** What holds for pages that people read: they ask for no token, only for where they are asked from, and a browser may load nothing from elsewhere. */
export async function guardPages(
  pages: FastifyInstance,
  access: Access,
  allowed: Partial<typeof directives> = {},
): Promise<void> {
  pages.addHook('onRequest', async ({ headers }) => {
    await access.subjectOf({ headers }, 'anyone')
  })
  await pages.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives, ...allowed } },
    // Whether everything of a name is on HTTPS is not for one of its servers to say.
    strictTransportSecurity: false,
  })
}
