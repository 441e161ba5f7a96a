// Writes web/src/api/operations.ts: the operations of the API that pages may ask, and the types of what they take and
// answer, from the routes and the JSON Schemas that hold requests to them. `node build/scripts/web/operations.js`
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { operationsText } from './operations-text.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
writeFileSync(join(root, 'web/src/api/operations.ts'), await operationsText())
