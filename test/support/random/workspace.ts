import type { Choice } from './choice.ts'
import { constraintOn, helpers, members, valueOf } from './constraints.ts'
import { judges, readings, zonesOf } from './readings.ts'

/** Files by name: `congruent.yaml`, fragments of three teams, and what was observed. */
export type Files = Readonly<Record<string, string>>

interface Collection {
  /** Labels before the entities; `null` is any. */
  readonly at: readonly (string | null)[]
  readonly list: boolean
}

const labels = ['web', 'api', 'db', 'x1', 'long-name', '1st', 'é'] as const
const groups = ['north', 'south'] as const
const collections: readonly Collection[] = [
  { at: ['services'], list: false },
  { at: ['docs'], list: true },
  { at: ['spaces', null, 'apps'], list: false },
]

/** The fragments of a random workspace, with what does not change between its states. */
export interface RandomWorkspace {
  readonly fragments: Files
  /** Files of one state, of so many entities in each collection. */
  state(choice: Choice, entities: number): Files
}

/** A workspace of three teams that constrain entities by pattern and by name, in most of the ways that there are. */
export function randomWorkspace(choice: Choice): RandomWorkspace {
  const used = collections.filter((_, index) => index === 0 || choice.percent(35))
  const named = choice.some(labels.slice(0, 5), 30)
  const teams = ['owners', 'platform', 'security'] as const
  const fragments = Object.fromEntries(
    teams.map((team) => [`${team}/${team}.cue`, packageOf(team, used, named, choice)] as const),
  )
  const limited = choice.percent(20)
    ? choice.of([
        paths,
        choice.some(paths, 70),
        ['spaces', 'docs', "'services.*.a'", "'services.*.b'", "'services.web'"],
      ])
    : []
  return {
    fragments: {
      ...fragments,
      ...(choice.percent(25) ? { 'owners/data.json': JSON.stringify(namedData(named, choice)) } : {}),
    },
    state: (choice, entities) =>
      stateFiles(used, limited, Object.hasOwn(fragments, 'owners/data.json'), choice, entities),
  }
}

function packageOf(team: string, used: readonly Collection[], named: readonly string[], choice: Choice): string {
  const body: string[] = []
  for (const { at, list } of used) {
    if (team !== 'owners' || choice.percent(30)) {
      const defined = choice.percent(12) && !list
      const outer = at.includes(null) ? choice.of(['[string]', 'north', '[S=string]', '[S=string]']) : ''
      const pattern = choice.of([
        '[string]',
        '[string]',
        '[string]',
        '[N=string]',
        '[N=string]',
        '[=~"^[a-z]"]',
        '[!="db"]',
        '["web" | "api"]',
      ])
      const plain = entity(choice, list, at, read(at, outer, pattern))
      const element = defined && choice.percent(85) ? `{${plain}, ...}` : plain
      const member = list ? `[...${element}]` : `{${pattern}: ${element}}`
      body.push(nested(at, defined ? `#Map\n#Map: ${member}` : member, choice, outer))
    }
    if (team === 'owners' && !list) {
      for (const label of named)
        body.push(namedText(at, `${JSON.stringify(label)}: ${namedEntity(label, choice)}`, choice))
    }
  }
  if (choice.percent(6)) body.push(choice.of(crossing))
  if (choice.percent(30)) body.push(choice.of(harmless))
  const text = body.join('\n')
  const imports = ['strings', 'list', 'struct'].filter((name) => new RegExp(`\\b${name}\\.`).test(text))
  return `package ${team}\n\n${imports.map((name) => `import "${name}"\n`).join('')}\n#observed: _\n${helpers}${judges}${text}\n`
}

/** Things that read the collections from outside, or that entities read outside themselves. */
const crossing = [
  'total: len(services)',
  '_ports: {for k, s in services if s.a != _|_ {"p\\(s.a)": k}}',
  'services: web: a: <=limits.a\nlimits: a: int\nlimits: a: *9 | int',
  'services: [string]: a: <=limits.b\nlimits: b: 9',
  'let all = services\nfirst: all.web.a',
  'services: {for n in ["web"] {(n): c: bool}}',
  'services: struct.MaxFields(9)',
  'copy: services.web',
] as const

/** What a limited team may speak of. */
const paths = [
  "'services.*'",
  "'spaces.*'",
  'docs',
  'total',
  'other',
  'limits',
  'copy',
  'first',
  'more',
  'seen',
  '_hidden',
] as const

/** Things beside the collections. */
const harmless = [
  'other: {p: int, q: *1 | int}',
  'other: p: >=1 @rule(id="O-1")',
  '#Extra: {a: int}',
  'if #observed.other.p != _|_ {more: true}',
  'services: [string]: {if #observed.other.p != _|_ {a: >=1}}',
  'services: [string]: b: string | #observed.other.p',
  'services: _',
  'seen: len(#observed.services)',
] as const

/** What an entity may read by, where patterns name its labels. */
interface Reading {
  readonly own?: string
  readonly labels: readonly string[]
}

function read(at: readonly (string | null)[], outer: string, pattern: string): Reading {
  const labels = [...(pattern.startsWith('[N=') ? ['N'] : []), ...(outer.startsWith('[S=') ? ['S'] : [])]
  const isNamed = labels.length === (at.includes(null) ? 2 : 1)
  const steps = at.map((label) => (label === null ? '[S]' : `.${label}`)).join('')
  return { labels, ...(isNamed && { own: `#observed${steps}[N]` }) }
}

function entity(
  choice: Choice,
  list: boolean,
  at: readonly (string | null)[],
  reading: Reading = { labels: [] },
): string {
  const lines = choice.some(members, 35).map((member) => {
    const mark = choice.of(['', '', '', '?', '?', '!'])
    const rule = choice.percent(10) ? ` @rule(id="R-${member}", severity=${choice.of(['error', 'warning'])})` : ''
    return `${member}${mark}: ${constraintOn(member, choice)}${rule}`
  })
  const first = at[0] ?? ''
  const own = list || at.length > 1 ? '' : `#observed.${first}`
  const more = [
    'c: bool\nif c {a: >=0}',
    'c: _\nif c == true {b: string}',
    'c: bool\nif c {a: int}',
    'c: *true | bool\nif !c {a: >100}',
    'let base = 3\na: >=base',
    '#Open2\n#Open2: {a?: int, ...}',
    'b: string\nlabel?: "\\(b)-x"',
    '_hidden: a\na: int',
    'a: int\ntwice?: a * 2',
    '...',
    '#Base: {a?: int}',
    'd: x: int\na: >=d.x',
    'a?: int\nif a != _|_ {c?: bool}',
    ...(own === '' ? [] : [`if ${own}.web.a != _|_ {c?: bool}`, `if ${own} != _|_ {a?: int}`]),
  ]
  lines.push(...choice.some(more, 4), ...readings(reading.own, list ? [] : reading.labels, choice))
  const struct = `{\n${lines.map((line) => `\t${line.replaceAll('\n', '\n\t')}\n`).join('')}}`
  if (choice.percent(3)) return `close(${struct})`
  if (choice.percent(3))
    return `{#Closed, ${lines.length > 0 ? lines.join(', ').replaceAll('\n', ', ') : '...'}, #Closed: {a?: int, b?: string, c?: bool, d?: _, ...}}`
  return struct
}

function namedEntity(label: string, choice: Choice): string {
  if (choice.percent(60)) {
    const constants = choice.some(['a', 'b', 'c', 'd', 'n'], 50)
    return `{${constants.map((member) => `${member}: ${JSON.stringify(valueOf(member, label, choice, 2))}`).join(', ')}}`
  }
  return entity(choice, false, ['services'])
}

/** An entity on lines of its own, with braces around it or without, sometimes below a comment. */
function namedText(at: readonly (string | null)[], member: string, choice: Choice): string {
  const comment = choice.percent(10) ? '// about it\n' : ''
  return comment + nested(at, choice.percent(50) ? `{${member}}` : member, choice)
}

function nested(
  at: readonly (string | null)[],
  member: string,
  choice: Choice,
  outer = choice.of(['[string]', 'north']),
): string {
  const [value = '', ...rest] = member.split('\n')
  const path = at.map((label) => (label === null ? outer : label))
  const text = member.includes('#Map: ') ? value : member
  const tail = member.includes('#Map: ') ? `\n${rest.join('\n')}` : ''
  return `${path.map((label) => `${label}: `).join('')}${text}${tail}`
}

function namedData(named: readonly string[], choice: Choice): unknown {
  return {
    services: Object.fromEntries(
      named.map((label) => [
        label,
        Object.fromEntries(
          choice.some(['a', 'b', 'c'], 50).map((member) => [member, valueOf(member, label, choice, 2)]),
        ),
      ]),
    ),
  }
}

function stateFiles(
  used: readonly Collection[],
  limited: readonly string[],
  data: boolean,
  choice: Choice,
  entities: number,
): Files {
  const first = stateOf(used, choice, entities)
  const entry = choice.number(100)
  const workspace = (observations: string): string => `workspace: random
teams:
  owners: { fragments: [./owners${data ? ', owners/data.json' : ''}]${limited.length > 0 ? `, constrains: [${limited.join(', ')}]` : ''} }
  platform: { fragments: [./platform] }
  security: { fragments: [./security] }
observations:
${observations}
`
  if (entry < 60) {
    return { 'congruent.yaml': workspace('  - { files: [state.json] }'), 'state.json': JSON.stringify(first) }
  }
  if (entry < 70) {
    const documents = documentsOf(choice, entities)
    const at = choice.of(['\'services."{index}"\'', '\'spaces.north.apps."{index}"\''])
    return {
      'congruent.yaml': workspace(`  - { files: ["docs/*.json"], at: ${at} }`),
      ...Object.fromEntries(documents.map((one, index) => [`docs/${index}.json`, JSON.stringify(one)])),
    }
  }
  if (entry < 80) {
    const covers = choice.of([
      "['services']",
      "['services.*']",
      "['services.web', docs]",
      "['services.*.a', 'spaces']",
      'objects',
    ])
    return {
      'congruent.yaml': workspace(`  - { files: [state.json], covers: ${covers} }`),
      'state.json': JSON.stringify(first),
    }
  }
  const snapshot = (observer: string, state: unknown, more: object): string =>
    JSON.stringify({ snapshot: 1, observer, sequence: 1, observedAt: '2026-01-01T00:00:00Z', state, ...more })
  const covering = choice.percent(50) ? {} : { covers: [choice.of(['services', 'services.*', 'docs', 'services.web'])] }
  const refused = choice.percent(30)
    ? {
        refused: [
          { path: choice.of(['services.db', 'services', 'spaces.north', 'services.*.d']), reason: 'not allowed' },
        ],
      }
    : {}
  const other = choice.percent(70) ? perturbed(first, used, choice) : stateOf(used, choice, 2)
  return {
    'congruent.yaml': workspace('  - { files: ["snapshots/*.json"], adapter: snapshot }'),
    'snapshots/one.json': snapshot('one', first, refused),
    ...(choice.percent(70) ? { 'snapshots/two.json': snapshot('two', other, covering) } : {}),
  }
}

function stateOf(used: readonly Collection[], choice: Choice, entities: number): Record<string, unknown> {
  const state: Record<string, unknown> = {}
  for (const { at, list } of used) {
    if (choice.percent(4)) continue
    const values = choice.percent(2) ? choice.of([null, 3, 'x', list ? {} : []]) : collectionOf(list, choice, entities)
    if (at.length === 1) state[at[0] ?? ''] = values
    else
      state[at[0] ?? ''] = Object.fromEntries(
        choice
          .some(groups, 80)
          .map((group) => [
            group,
            { [at[2] ?? '']: collectionOf(list, choice, entities), ...(choice.percent(20) && { note: 'n' }) },
          ]),
      )
  }
  if (choice.percent(50)) state['other'] = { p: choice.of([0, 1, 2, 'p']), ...(choice.percent(50) && { q: 1 }) }
  if (choice.percent(70)) state['zones'] = zonesOf([...labels, ...groups, 's-0', 's-1'], choice)
  if (choice.percent(20)) state['limits'] = { a: 9, b: 9 }
  if (choice.percent(10)) state['surplus'] = { anything: true }
  return state
}

function collectionOf(list: boolean, choice: Choice, entities: number): unknown {
  if (list) return documentsOf(choice, entities)
  const chosen = labels.filter(() => choice.percent(75)).slice(0, entities)
  const extra = Array.from({ length: Math.max(0, entities - labels.length) }, (_, index) => `s-${index}`)
  return Object.fromEntries([...chosen, ...extra].map((label) => [label, document(label, choice)]))
}

function documentsOf(choice: Choice, most: number): readonly unknown[] {
  return Array.from({ length: choice.number(most + 1) }, (_, index) => document(`d${index}`, choice))
}

function document(label: string, choice: Choice): unknown {
  if (choice.percent(1)) return choice.of([null, 'text', 3, [], {}])
  const wrong = choice.of([0, 0, 3, 15])
  const entries = [...members, 'name']
    .filter(() => !choice.percent(wrong === 0 ? 1 : 6))
    .map((member) => [member, valueOf(member, label, choice, wrong)] as const)
  return Object.fromEntries(
    choice.percent(8) ? [...entries, [choice.of(['surplus', 'q', 'label', 'twice']), 1]] : entries,
  )
}

/** The state with a leaf or two told otherwise, as another observer may. */
function perturbed(state: Record<string, unknown>, used: readonly Collection[], choice: Choice): unknown {
  const copy = structuredClone(state)
  for (const { at, list } of used) {
    const values = copy[at[0] ?? '']
    if (list || at.length > 1 || typeof values !== 'object' || values === null) continue
    for (const [label, seen] of Object.entries(values)) {
      if (!choice.percent(25) || typeof seen !== 'object' || seen === null) continue
      const member = choice.of(members)
      if (choice.percent(30)) Reflect.deleteProperty(seen, member)
      else Reflect.set(seen, member, valueOf(member, label, choice, 60))
    }
  }
  return copy
}
