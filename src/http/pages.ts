import { fastifySwagger } from '@fastify/swagger'
import { fastifySwaggerUi } from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { Access } from './access/access.ts'
import { guardPages } from './page-guard.ts'

/** The pages of Swagger write styles into elements, and have their pictures in the text. */
const allowed = { styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'] }

/** The pages that people read: `/docs`, the API with a form for each route. They ask for no token; what they send does. */
export async function registerPages(app: FastifyInstance, document: object, access: Access): Promise<void> {
  await app.register(async (pages) => {
    await guardPages(pages, access, allowed)
    // Its types know OpenAPI 3.0 only; it hands the document on as it is.
    await pages.register(fastifySwagger, { mode: 'static', specification: { document: document as never } })
    await pages.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'Congruent API' },
      uiConfig: { layout: 'BaseLayout', deepLinking: true, persistAuthorization: false, validatorUrl: null },
    })
  })
}
