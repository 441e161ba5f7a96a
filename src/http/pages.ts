import { fastifyHelmet } from '@fastify/helmet'
import { fastifySwagger } from '@fastify/swagger'
import { fastifySwaggerUi } from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { Access } from './access/access.ts'

/** Everything from here, nothing from elsewhere; only styles may be written into elements, as the pages of Swagger do. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

/** The pages that people read: `/docs`, the API with a form for each route. They ask for no token; what they send does. */
export async function registerPages(app: FastifyInstance, document: object, access: Access): Promise<void> {
  await app.register(async (pages) => {
    pages.addHook('onRequest', async ({ headers }) => {
      await access.subjectOf({ headers }, 'anyone')
    })
    await pages.register(fastifyHelmet, {
      contentSecurityPolicy: { useDefaults: false, directives },
      // Whether everything of a name is on HTTPS is not for one of its servers to say.
      strictTransportSecurity: false,
    })
    // Its types know OpenAPI 3.0 only; it hands the document on as it is.
    await pages.register(fastifySwagger, { mode: 'static', specification: { document: document as never } })
    await pages.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'Congruent API' },
      uiConfig: { layout: 'BaseLayout', deepLinking: true, persistAuthorization: false, validatorUrl: null },
    })
  })
}
