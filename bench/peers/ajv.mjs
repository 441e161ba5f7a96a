// A validator compiled by ajv, over an array of documents: ajv.mjs SCHEMA DATA. Ends with 1 if any of them is wrong.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

const [schema, data] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema)
for (const document of data) {
  if (validate(document)) continue
  const messages = validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
  process.stdout.write(`${JSON.stringify(`${document.metadata.name} breaks ${messages.join('; ')}`)}\n`)
  process.exitCode = 1
}
