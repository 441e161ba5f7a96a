import { Ajv2020 } from 'ajv/dist/2020.js'
import { hasExactNumbers } from './exact-numbers.ts'
import type { Accepts } from './judging.ts'

const never: Accepts = () => false

/** Compiles JSON texts of schemas. One that cannot be compiled, or that JavaScript would read otherwise than it is written, accepts nothing. */
export function schemaCompiler(): (json: string) => Accepts {
  let current = ''
  const ajv = new Ajv2020({
    // A member is what the data itself has, never what every object inherits: `constructor` is a label like any other.
    ownProperties: true,
    // Unknown keywords are refused; style is not judged.
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowMatchingProperties: true,
    // The schemas are our engine's: a second compiler for schemas of schemas is not worth its start.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    messages: false,
    logger: false,
  })
  ajv.addKeyword({
    keyword: 'isLabel',
    schemaType: ['boolean', 'array'],
    errors: false,
    validate: (wanted: boolean | readonly string[], value: unknown) =>
      typeof wanted === 'boolean' ? !wanted || value === current : value === wanted.join(current),
  })
  return (json) => {
    try {
      const schema: unknown = JSON.parse(json)
      if (!hasExactNumbers(json) || !isSchema(schema) || namesPrototype(schema)) return never
      const validate = ajv.compile(schema)
      return (value, label) => {
        current = label
        return holds(() => validate(value))
      }
    } catch {
      return never
    }
  }
}

/** Comparing with a constant calls members such as `valueOf` where the data has them. */
function holds(validate: () => boolean): boolean {
  try {
    return validate()
  } catch {
    return false
  }
}

function isSchema(value: unknown): value is Readonly<Record<string, unknown>> | boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

/** Whether a schema speaks of a member `__proto__`, which the compiler leaves out. */
function namesPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === '__proto__'
  return Object.entries(value).some(([key, member]) => key === '__proto__' || namesPrototype(member))
}
