// The process that stands before a server: it takes connections from it, and ends with it.

import { standBefore } from './stand-before.ts'

// Who ends the server by a signal to all of its processes means it to answer what it has begun.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)

void standBefore(process)
