import { readFileSync } from 'node:fs'
import t from 'tap'

// The protocol is written twice, once for each side. This test reads both texts and compares them member by member.

interface Member {
  readonly type: string
  readonly optional: boolean
}
type Members = ReadonlyMap<string, Member>

const typescript = readFileSync('src/engine/protocol.ts', 'utf8')
  .replace(/\/\*\*?[^]*?\*\//g, '')
  .replace(/\n\s*\| /g, ' | ')
const go = readFileSync('engine/protocol/protocol.go', 'utf8').replace(/^\s*\/\/.*$/gm, '')

/** TypeScript's unions that are one struct in Go. */
const unions: Readonly<Record<string, readonly string[]>> = {
  Request: [
    'IdentityRequest',
    'UnifyRequest',
    'CheckRequest',
    'ExplainRequest',
    'PlanRequest',
    'RulesRequest',
    'ExercisedRequest',
    'MutantsRequest',
    'DiffRequest',
    'LatentRequest',
    'LintRequest',
    'RemovedRequest',
    'SupplyRequest',
    'OutlineRequest',
  ],
  Part: ['PackagePart', 'DataPart', 'SchemaPart', 'ScriptPart'],
}
/** Go's names for what TypeScript writes in place. */
const inPlace = ['DataSite', 'Incomplete']

const interfaces = readInterfaces()
const structs = readStructs()

t.test('both sides have the same version', async (t) => {
  const [, ours] = /protocolVersion = (\d+)/.exec(typescript) ?? []
  const [, theirs] = /const Version = (\d+)/.exec(go) ?? []
  t.ok(ours, 'a version was found')
  t.equal(theirs, ours)
})

t.test('both sides have the same types', async (t) => {
  const members = Object.values(unions).flat()
  t.ok(interfaces.size > 15, 'interfaces were found')
  t.same(
    [...structs.keys()].filter((name) => !inPlace.includes(name) && !(name in unions)).sort(),
    [...interfaces.keys()].filter((name) => !members.includes(name)).sort(),
  )
})

t.test('every type has the same members, of the same type, optional on both sides or on neither', async (t) => {
  for (const [name, members] of interfaces) {
    if (Object.values(unions).flat().includes(name)) continue
    t.same(described(structs.get(name)), described(members), name)
  }
  for (const [name, alternatives] of Object.entries(unions)) {
    t.same(described(structs.get(name)), described(unite(alternatives)), name)
  }
})

function described(members: Members | undefined): readonly string[] {
  return [...(members ?? [])].map(([name, { type, optional }]) => `${name}${optional ? '?' : ''}: ${type}`).sort()
}

/** The members of all alternatives; one that not all of them require is optional. */
function unite(names: readonly string[]): Members {
  const alternatives = names.map((name) => interfaces.get(name) ?? new Map<string, Member>())
  const united = new Map(alternatives.flatMap((members) => [...members]))
  return new Map(
    [...united].map(([name, { type }]) => {
      const isRequired = alternatives.every((members) => members.get(name)?.optional === false)
      return [name, { type, optional: !isRequired }]
    }),
  )
}

function readInterfaces(): Map<string, Members> {
  const found = new Map<string, Members>()
  for (const [, name = '', base, body = ''] of typescript.matchAll(
    /^export interface (\w+)(?: extends (\w+))? \{\n([^]*?)^\}/gm,
  )) {
    const inherited = base === undefined ? [] : [...(found.get(base) ?? [])]
    found.set(name, new Map([...inherited, ...readMembers(body)]))
  }
  return found
}

function readMembers(body: string): [string, Member][] {
  const members: [string, Member][] = []
  for (const line of splitMembers(body)) {
    const [, name = '', mark, type = ''] = /^readonly (\w+)(\?)?: ([^]+)$/.exec(line) ?? []
    if (name === '') throw new Error(`not a member: ${line}`)
    members.push([name, { type: plainType(type), optional: mark === '?' }])
  }
  return members
}

/** Members end at a line or a semicolon, outside braces. */
function splitMembers(body: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const letter of body) {
    if (letter === '{') depth++
    if (letter === '}') depth--
    if (depth === 0 && (letter === '\n' || letter === ';')) {
      parts.push(part.trim())
      part = ''
    } else part += letter
  }
  return [...parts, part.trim()].filter((text) => text !== '' && !text.startsWith('//'))
}

/** TypeScript's type in Go's words; a struct written in place as its members. */
function plainType(type: string): string {
  const text = type.trim().replace(/^\| /, '')
  if (/^'[^']*'( \| '[^']*')*$/.test(text)) return 'string'
  if (text === 'number') return 'int'
  if (text === 'boolean') return 'bool'
  if (text === 'Readonly<Record<string, string>>') return 'map[string]string'
  if (text.startsWith('readonly (') && text.endsWith(')[]')) return `[]${plainType(text.slice(10, -3))}`
  if (text.startsWith('readonly ') && text.endsWith('[]')) return `[]${plainType(text.slice(9, -2))}`
  if (text.startsWith('{')) return `{${described(new Map(readMembers(text.slice(1, -1)))).join('; ')}}`
  return text.replace(/^Engine(Path|Pattern)$/, '$1')
}

function readStructs(): Map<string, Members> {
  const bodies = new Map<string, string>()
  for (const [, name = '', body = ''] of go.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)) bodies.set(name, body)
  const read = (name: string): Members => {
    const members = new Map<string, Member>()
    for (const line of (bodies.get(name) ?? '').split('\n')) {
      const embedded = /^\s*(\w+)\s*$/.exec(line)?.[1]
      if (embedded !== undefined) for (const [key, member] of read(embedded)) members.set(key, member)
      const [, type = '', tag, omitted] = /^\s*\w+\s+(\S+)\s+`json:"(\w+)(,omitempty)?"`/.exec(line) ?? []
      if (tag !== undefined) members.set(tag, { type: goType(type), optional: omitted !== undefined })
      else if (embedded === undefined && line.trim() !== '') throw new Error(`not a member: ${line}`)
    }
    return members
  }
  const goType = (type: string): string => {
    const [, prefix = '', name = type] = /^((?:\[\]|\*)*)(.*)$/.exec(type) ?? []
    const plain = inPlace.includes(name) ? `{${described(read(name)).join('; ')}}` : name
    return prefix.replaceAll('*', '') + plain
  }
  return new Map([...bodies.keys()].map((name) => [name, read(name)]))
}
