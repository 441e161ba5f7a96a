import type { Choice } from './choice.ts'

// Every entity is a variation of one document, so that most constraints hold for most entities:
//   { a: 3, b: "web", c: true, d: { x: 1, y: "s" }, e: [1, 2], f: [{ k: "p", v: 1 }], g: { x1: 1, y2: 2 },
//     h: { kind: "a", size: 2 }, name: <its label>, n: 0.5, z: null }
// Constraints of the first list of a member hold for it; those of the second do not.

const texts: Readonly<Record<string, readonly [holding: readonly string[], failing: readonly string[]]>> = {
  a: [
    [
      'int',
      '>=1',
      '<=10',
      'int & >=1 & <=20',
      '!=4',
      '3',
      '*3 | int',
      '1 | 2 | 3',
      'number',
      '>2.5',
      'uint8',
      '<3.5 & >=3',
      '(>=0 & <=5) | error("[A-1] a is too large")',
      '*3 | >=0',
      'int & (<2 | >2)',
      '_',
      '-5 | 3',
      '>=3 & <=3',
      '2 | *3',
      '#limit',
      '<=#limit',
      '_most',
    ],
    ['>=7', '4', '*4 | int', 'string', '5 | 6'],
  ],
  b: [
    [
      'string',
      '!=""',
      '=~"^[a-z]"',
      '!~":latest$"',
      '"web" | "batch"',
      '*"web" | string',
      'strings.MinRunes(2)',
      'strings.MaxRunes(4)',
      'strings.HasPrefix("w")',
      'strings.HasSuffix("b")',
      '"web"',
      '=~"^(a|w|b)+[a-z]*$"',
      '=~"^(a+|w)+eb$"',
      '>"a"',
      '"web" | error("[B-1] only web")',
      '=~"^\\\\w+$"',
      'string & !="x"',
      '=~"^[^:]+$" & strings.MinRunes(1)',
      '#name',
      '_word',
      '=~"(?i)^WEB$"',
      '=~"^w.b$"',
    ],
    ['"batch"', '*"batch" | string', '=~"^x"', 'int', 'strings.MinRunes(9)'],
  ],
  c: [
    ['bool', 'true', '*true | bool', 'true | error("[C-1] c must hold")', 'bool | string', '_'],
    ['false', '*false | bool', 'string'],
  ],
  d: [
    [
      '{x: int}',
      '{x: >=0, y: string}',
      '{x?: int, ...}',
      '{x!: 1}',
      'close({x: int, y: string})',
      '{...}',
      '#Sub',
      '_sub',
      '_sub & {x: <=5}',
      '{[string]: int | string}',
      '{x: int, q?: error("[D-1] no q")}',
      '{x: *1 | int, y: *"s" | string}',
      '{#Open, y: "s"}',
      '{x: int, [=~"^y"]: string}',
      '#Sub & {x: <9}',
      '{y?: "s" | "t"}',
      '{x: int, if x > 0 {y: string}}',
      '{x: int} | {q: string}',
      '{y: "s", x: y2, let y2 = 1}',
      '_',
    ],
    ['close({x: int})', '{w!: int}', '{x: string}', '#Other', '{w: 1}'],
  ],
  e: [
    [
      '[...int]',
      '[...>=0]',
      '[...int] & list.MinItems(1)',
      'list.MaxItems(3)',
      '[1, 2]',
      '[int, ...]',
      '*[1, 2] | [...int]',
      '[...1 | 2]',
      'list.UniqueItems()',
      '[int, int]',
      '[...]',
      '[1, ...int]',
    ],
    ['[...string]', '[int]', 'list.MinItems(5)', '[2, 1]', '*[1] | [...int]'],
  ],
  f: [
    [
      '[...{k: string, v?: int}]',
      '[...#Item]',
      '[...{k!: "p" | "q", ...}]',
      '[...{v: *1 | int, ...}]',
      '[..._item]',
      '[...]',
      '[{k: "p", ...}, ...]',
    ],
    ['[...close({k: string})]', '[...{w!: int}]'],
  ],
  g: [
    [
      '[string]: int',
      '{[=~"^x"]: >=0}',
      '{[string]: int, x1: 1}',
      '{[!="q"]: int}',
      'struct.MaxFields(3)',
      '{[L=string]: int, ...}',
      '{[=~"^[xy]"]: <9}',
      '{x1?: int, ...}',
      '{for k in ["x1"] {(k): int}}',
    ],
    ['[string]: string', 'close({x1: int})', '{[=~"^y"]: >5}'],
  ],
  h: [
    [
      '{kind: "a", size: int} | {kind: "b", text: string}',
      '{kind: "a", size: >1} | *{kind: "b", text: string}',
      '#Union',
      '{kind: "a" | "b", ...}',
      '{kind!: "a", ...} | {kind!: "c", ...}',
      '#A | #B',
      '{size: int} | {text: string}',
      'close({kind: "a", size: int}) | close({kind: "b"})',
    ],
    ['{kind: "b", text: string} | {kind: "c"}', '#B'],
  ],
  n: [
    ['number', '>0', '<=0.5', '0.5', '>=0.49 & <0.51', '*0.5 | number', '!=1', 'float', '>0.1 & number'],
    ['int', '>0.5'],
  ],
  z: [
    ['null', 'null | string', '_', '*null | int'],
    ['string', 'int'],
  ],
}

/** Members that constraints may be about. */
export const members: readonly string[] = Object.keys(texts)

/** What the constraints above refer to; every package has these. */
export const helpers = `#limit: <=10
#name: =~"^[a-z]+$"
#Sub: {x: int, y?: string}
#Open: {x: int, ...}
#Other: {w: int}
#Item: {k: string, v?: int}
#A: {kind: "a", size: int}
#B: {kind: "b", text: string}
#Union: #A | #B
_most: <=10
_word: string & !=""
_sub: {x: int, y: string}
_item: {k: string, v: <=9}
`

/** A constraint on a member of an entity, which holds for the common document most of the time. */
export function constraintOn(member: string, choice: Choice): string {
  const [holding, failing] = texts[member] ?? [['_'], ['_|_']]
  const one = (): string => choice.of(choice.percent(99) ? holding : failing)
  const first = one()
  return choice.percent(15) && !first.includes('*') ? `${bracketed(first)} & ${bracketed(one())}` : first
}

function bracketed(text: string): string {
  return text.includes('|') || text.startsWith('[string]')
    ? text.startsWith('[string]')
      ? `{${text}}`
      : `(${text})`
    : text
}

/** A value for a member: that of the common document, or another one. */
export function valueOf(member: string, label: string, choice: Choice, wrong: number): unknown {
  if (!choice.percent(wrong)) return common(member, label)
  const others: Readonly<Record<string, readonly unknown[]>> = {
    a: [0, 1, 4, 5, 7, 100, -1, 2.5, '3', null, true, { x: 1 }, [3]],
    b: [
      '',
      'w',
      'batch',
      'web:latest',
      'WEB',
      'wéb',
      'xeb',
      7,
      null,
      'w b',
      'aaaaaaaaaaaaaaaaaaaaaaaa!',
      '\u0000',
      'a\nb',
    ],
    c: [false, 'true', 0, null],
    d: [
      { x: 1 },
      { y: 's' },
      { x: 1, y: 's', q: 1 },
      { x: -1, y: 't' },
      {},
      { x: '1' },
      3,
      [],
      { w: 1 },
      { x: 1, y: 's', w: 2 },
    ],
    e: [[], [1], [2, 1], [1, 2, 3, 4], [1, 1], ['1', '2'], 1, { 0: 1 }, [1, 2.5], [1, null]],
    f: [
      [],
      [{ k: 'q' }],
      [{ v: 1 }],
      [{ k: 'p', v: '1' }],
      [{ k: 'p', w: 1 }],
      [1],
      {},
      [
        { k: 'p', v: 1 },
        { k: 'p', v: 99 },
      ],
    ],
    g: [{}, { x1: 2 }, { x1: 1, q: 3 }, { y2: 9 }, { x1: 's' }, [], { x1: 1, y2: 2, x3: 3, x4: 4 }, { __proto: 1 }],
    h: [
      { kind: 'b', text: 't' },
      { kind: 'a' },
      { kind: 'c' },
      {},
      { kind: 'a', size: 2, text: 't' },
      { size: 1 },
      'a',
      { kind: 'a', size: 1 },
    ],
    n: [0, 1, 0.51, -0.5, '0.5', 1e300, null],
    z: ['x', 0, false],
    name: ['other', 1, ''],
  }
  return choice.of(others[member] ?? [1])
}

function common(member: string, label: string): unknown {
  const document: Readonly<Record<string, unknown>> = {
    a: 3,
    b: 'web',
    c: true,
    d: { x: 1, y: 's' },
    e: [1, 2],
    f: [{ k: 'p', v: 1 }],
    g: { x1: 1, y2: 2 },
    h: { kind: 'a', size: 2 },
    n: 0.5,
    z: null,
    name: label,
  }
  return document[member]
}
