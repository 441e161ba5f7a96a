import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Validator } from '../schema/validators.js'
import type { Schema } from './route.ts'

/** The JSON Schemas that routes refer to, and the validators of routes. */
export interface Schemas {
  /** Every schema of `schemas/`, by `$id`. */
  readonly byId: ReadonlyMap<string, Schema>
  /** A validator, made when it is first asked for. */
  validator(schema: Schema): BodyValidator
}

/** Whether a value fits, fast; and everything that is wrong with it, for those that do not. */
export interface BodyValidator {
  readonly fits: Validator
  readonly explain: Validator
}

const folder = new URL('../../../schemas/', import.meta.url)

/** Reads the schemas of the package. */
export function readSchemas(): Schemas {
  const byId = new Map<string, Schema>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.schema.json')) continue
    const schema: Schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    byId.set(String(schema['$id']), schema)
  }
  const fast = compiler(byId, false)
  const thorough = compiler(byId, true)
  const made = new Map<Schema, BodyValidator>()
  const once = (compile: () => Validator): Validator => {
    let compiled: Validator | undefined
    const validate = (value: unknown): boolean => (compiled ??= compile())(value)
    return Object.defineProperty(validate, 'errors', { get: () => compiled?.errors })
  }
  return {
    byId,
    validator: (schema) => {
      const validator = made.get(schema) ?? {
        fits: once(() => fast().compile(schema) as Validator),
        explain: once(() => thorough().compile(schema) as Validator),
      }
      made.set(schema, validator)
      return validator
    },
  }
}

/** Schemas are ours, so strict mode finds our mistakes; a body is neither changed nor filled up. */
function compiler(byId: ReadonlyMap<string, Schema>, thorough: boolean): () => Ajv2020 {
  let ajv: Ajv2020 | undefined
  return () => {
    if (ajv !== undefined) return ajv
    ajv = new Ajv2020({
      schemas: [...byId.values()],
      allErrors: thorough,
      verbose: true,
      messages: false,
      allowUnionTypes: true,
    })
    formats.default(ajv)
    return ajv
  }
}
