import { readFileSync } from 'node:fs'
import t from 'tap'
import { operationsText } from '../../scripts/web/operations-text.ts'

t.test(
  'the types of the pages are those of the schemas: run `node build/scripts/web/operations.js` where not',
  async (t) => {
    t.equal(readFileSync('web/src/api/operations.ts', 'utf8'), await operationsText())
  },
)
