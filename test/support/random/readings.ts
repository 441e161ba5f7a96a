import type { Choice } from './choice.ts'

// What entities read of `#observed`: places that have their labels, their own place, and what is the same for all of them.
// `#observed.zones` has a member for most labels: { up: bool, name: string, most: number, level: string, labels: { level, version } }.

/** Helpers that judge an entity by a copy of what was observed. */
export const judges = `_least: {#raw: _, a?: int, if #raw.c != _|_ {a?: >=1}}
_parts: {#raw: _, let held = #raw.d, e?: _, d?: {if held.y == _|_ {x?: 1}}}
_levels: {#raw: _, #level: *"low" | string, if #level == "high" {a?: <=9, if #raw.b == _|_ {c?: false}}}
_alike: {#raw: _, n?: #raw.n}
_lenient: {a?: >=-1}
_strict: {a?: <=9, d?: {x?: >=0}}
_stricter: {b?: !="", e?: [...int]}
`

/** Lines of an entity that read what lies elsewhere; `own` is its own place, `labels` are names of labels that it may use. */
export function readings(own: string | undefined, labels: readonly string[], choice: Choice): readonly string[] {
  const byLabel = labels.flatMap((label) => {
    const zone = `#observed.zones[${label}]`
    return [
      `if ${zone}.up != _|_ {a?: >=1}`,
      `let zone${label} = ${zone}\nif zone${label}.up != _|_ if zone${label}.up {c?: true}`,
      `b?: string | ${zone}.name`,
      `a?: <=[if ${zone}.most != _|_ {${zone}.most}, 9][0]`,
      `g?: {if ${zone} == _|_ {x1?: 1}}`,
      `h?: kind?: string\nif ${zone}.level != _|_ {if ${zone}.level != "high" {h?: kind?: "a"}}`,
    ]
  })
  // Which rules apply is said by labels of an object that many have in common, as a namespace says it of its pods.
  const byCommon = labels.map((label) => {
    const marks = `marks${label}`
    const level = `[if ${marks}.level != _|_ {${marks}.level}, "low"][0]`
    const exempt = `level${label} == "off" || list.Contains(["db", "south"], ${label})`
    const lets = `let ${marks} = #observed.zones[${label}].labels\nlet level${label} = ${level}\nlet exempt${label} = ${exempt}`
    const strict = `if level${label} != "low" {\n\t_strict\n\tif ${marks}.version != _|_ if ${marks}.version > 1 {_stricter}\n}`
    return `${lets}\nif !exempt${label} {_lenient}\nif !exempt${label} {${strict}}`
  })
  const fromOwn =
    own === undefined
      ? []
      : [
          `_least & {#raw: ${own}}`,
          `_parts & {#raw: ${own}}`,
          `_alike & {#raw: ${own}}`,
          `_least & {#raw: ${own}.d}`,
          `if ${own}.c != _|_ {a?: int}`,
          `let raw = ${own}\nif raw.b != _|_ if raw.b == "web" {a?: >0}`,
          ...labels.map(
            (label) =>
              `let level = [if #observed.zones[${label}].level != _|_ {#observed.zones[${label}].level}, "low"][0]\n_levels & {#raw: ${own}, #level: level}`,
          ),
        ]
  const fromAll = [
    'if len([for z in #observed.zones if z.most > 2 {z}]) > 1 {a?: <=50}',
    'if #observed.zones.web != _|_ {b?: string}',
  ]
  const share = labels.length === 0 ? 1 : 4
  return [
    ...choice.some(byLabel, share),
    ...choice.some(byCommon, 2 * share),
    ...choice.some(fromOwn, share),
    ...choice.some(fromAll, 1),
  ]
}

/** What readings by label find. */
export function zonesOf(labels: readonly string[], choice: Choice): unknown {
  const kinds = [
    { up: true, name: 'web', most: 4, level: 'high' },
    { up: true, name: 'web', most: 4, level: 'low' },
    { name: 'x', most: 3, labels: { level: 'high', version: 2 } },
    { up: true, name: 'web', most: 4, labels: { level: 'high', version: 1 } },
    { most: 9, labels: { level: 'off' } },
    { most: 9, labels: { level: 3, version: 'two' } },
    { up: false },
    { up: 'yes', most: 'many', level: 3 },
    {},
    null,
  ]
  const usual = choice.of(kinds)
  const zones = choice.some(labels, 70).map((label) => [label, choice.percent(75) ? usual : choice.of(kinds)] as const)
  return Object.fromEntries(zones)
}
