import { type Data, Decimal, isDataObject } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import { didYouMean, suggestion } from './did-you-mean.ts'
import type { SchemaError, Validator } from './validators.js'

/** One way in which a document does not fit its schema. */
export interface SchemaProblem {
  readonly pointer: Path
  /** Whether the label at the pointer is wrong, or the value. */
  readonly target: 'key' | 'value'
  readonly message: string
}

/** Every way in which data does not fit a schema, in words for the author; empty if it fits. */
export function schemaProblems(validator: Validator, data: Data): readonly SchemaProblem[] {
  if (validator(jsonNumbers(data))) return []
  const errors = validator.errors ?? []
  const told = applicable(errors, data)
  const problems = told.filter((error) => !isMistyped(error, told)).map((error) => problem(error, data))
  return problems.length > 0
    ? problems
    : [{ pointer: [], target: 'value', message: 'the document does not fit its schema' }]
}

/** Whether data fits a schema. */
export function fitsSchema(validator: Validator, data: Data): boolean {
  return validator(jsonNumbers(data))
}

/**
 * Of a failed choice only what concerns the kind of value that was found: a list is not told that it is no text.
 * If no branch takes that kind, the failures of all branches become one.
 */
function applicable(errors: readonly SchemaError[], data: Data): readonly SchemaError[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf')
  let kept = errors
  for (const choice of choices) {
    const here = kept.filter(
      (error) => error.instancePath === choice.instancePath && error.schemaPath.startsWith(`${choice.schemaPath}/`),
    )
    const wrongKind = here.filter((error) => error.keyword === 'type')
    const dropped = here.filter((error) => wrongKind.some((other) => branch(other, choice) === branch(error, choice)))
    const found = errors.some(
      (error) => !dropped.includes(error) && error !== choice && error.instancePath.startsWith(choice.instancePath),
    )
    if (found) kept = kept.filter((error) => error !== choice && !dropped.includes(error))
    else {
      const required = wrongKind.flatMap((error) => typesOf(error))
      kept = [
        ...kept.filter((error) => error !== choice && !here.includes(error)),
        { ...choice, keyword: 'type', params: { type: required } },
      ]
    }
  }
  return kept.filter((error) => error.keyword !== 'if' && !hasWrongKind(error, kept, data))
}

function branch(error: SchemaError, choice: SchemaError): string | undefined {
  return error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]
}

/** A value of the wrong kind is told once, whatever else is required of it. */
function hasWrongKind(error: SchemaError, errors: readonly SchemaError[], data: Data): boolean {
  if (error.keyword === 'type') return false
  const other = errors.find(
    (candidate) => candidate.keyword === 'type' && candidate.instancePath === error.instancePath,
  )
  return other !== undefined && !typesOf(other).includes(kindOf(valueAt(data, labels(error.instancePath))))
}

/** A key that is missing because it is mistyped is told once, where it stands. */
function isMistyped(error: SchemaError, errors: readonly SchemaError[]): boolean {
  if (error.keyword !== 'required') return false
  return errors.some(
    (other) =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === error.instancePath &&
      didYouMean(String(other.params['additionalProperty']), knownKeys(other)) === error.params['missingProperty'],
  )
}

function knownKeys(error: SchemaError): readonly string[] {
  return Object.keys(error.parentSchema?.properties ?? {})
}

function problem(error: SchemaError, data: Data): SchemaProblem {
  const pointer = labels(error.instancePath)
  const found = valueAt(data, pointer)
  const name = pointer.length === 0 ? 'the document' : `\`${pointer.join('.')}\``
  const value = (message: string): SchemaProblem => ({ pointer, target: 'value', message })
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty'])
      const known = knownKeys(error)
      const here = known.length === 0 ? 'none is known here' : `known here: ${known.map(quoted).join(', ')}`
      const message = `unknown key \`${key}\`${suggestion(key, known)}; ${here}`
      return { pointer: [...pointer, key], target: 'key', message }
    }
    case 'required':
      return value(`${name} lacks the key \`${String(error.params['missingProperty'])}\``)
    case 'type':
      return value(`${name} is ${article(kindOf(found))}; required is ${typesOf(error).map(article).join(' or ')}`)
    case 'enum': {
      const allowed = listOf(error.params['allowedValues'])
      return value(
        `${name} is ${shown(found)}; required is one of ${allowed.map(quoted).join(', ')}${nearest(found, allowed)}`,
      )
    }
    case 'const':
      return value(`${name} is ${shown(found)}; required is \`${String(error.params['allowedValue'])}\``)
    case 'pattern':
      return value(
        `${name} is ${shown(found)}; required is ${error.parentSchema?.title ?? `a text that fits \`${String(error.params['pattern'])}\``}`,
      )
    case 'minimum':
      return value(`${name} is ${shown(found)}; required is at least ${Number(error.params['limit'])}`)
    case 'maximum':
      return value(`${name} is ${shown(found)}; required is at most ${Number(error.params['limit'])}`)
    default:
      return value(`${name} is ${shown(found)}, which its schema does not allow (\`${error.keyword}\`)`)
  }
}

function nearest(found: Data | undefined, allowed: readonly string[]): string {
  return typeof found === 'string' ? suggestion(found, allowed) : ''
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function typesOf(error: SchemaError): readonly string[] {
  const type = error.params['type']
  return Array.isArray(type) ? type.map(String) : [String(type)]
}

function quoted(text: string): string {
  return `\`${text}\``
}

const articles: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'empty',
}

function article(kind: string): string {
  return articles[kind] ?? kind
}

function kindOf(value: Data | undefined): string {
  if (value === undefined || value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isDataObject(value)) return 'object'
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer'
  if (value instanceof Decimal) return 'number'
  return typeof value
}

/** A value in a message: scalars as written, cut to a line. */
function shown(value: Data | undefined): string {
  if (typeof value === 'object' && value !== null && !(value instanceof Decimal)) return article(kindOf(value))
  const text = value instanceof Decimal ? value.text : String(value ?? 'empty')
  const line = text.replaceAll(/\s+/g, ' ')
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``
}

function valueAt(data: Data, pointer: Path): Data | undefined {
  let value: Data | undefined = data
  for (const label of pointer) {
    if (typeof value !== 'object' || value === null || value instanceof Decimal) return undefined
    value = Object.hasOwn(value, label) ? Reflect.get(value, label) : undefined
  }
  return value
}

function labels(instancePath: string): Path {
  if (instancePath === '') return []
  const parts = instancePath.slice(1).split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

// No schema of ours looks deeper than this, and a state may be as deep as it likes.
const deepest = 8

/** The same data with every number as a JavaScript number, which is what the validators judge by; itself where that is so already. */
function jsonNumbers(data: Data, depth = 0): unknown {
  if (typeof data === 'bigint') return Number(data)
  if (data instanceof Decimal) return Number(data.text)
  if (typeof data !== 'object' || data === null || depth > deepest) return data
  return Array.isArray(data) ? listNumbers(data, depth) : mapNumbers(data, depth)
}

function listNumbers(list: readonly Data[], depth: number): unknown {
  let copy: unknown[] | undefined
  for (const [index, element] of list.entries()) {
    const number = jsonNumbers(element, depth + 1)
    if (number === element) continue
    copy ??= [...list]
    copy[index] = number
  }
  return copy ?? list
}

function mapNumbers(map: object, depth: number): unknown {
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(map)) {
    const member: Data = Reflect.get(map, key)
    const number = jsonNumbers(member, depth + 1)
    if (number === member) continue
    copy ??= Object.assign(Object.create(null), map) as Record<string, unknown>
    copy[key] = number
  }
  return copy ?? map
}
