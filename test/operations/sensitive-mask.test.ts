import fc from 'fast-check'
import t from 'tap'
import { createCongruent, createCueGo, createCueWasm, formatters, type Memory } from '../../src/index.ts'
import { explanationFormatters } from '../../src/report/explanation.ts'
import { formatDesired, obstacleLines } from '../../src/report/desired.ts'
import { memorySource } from '../support/memory-source.ts'

/** A memory that anybody could read. */
const remembered: string[] = []
const memory: Memory = {
  recall: async () => new Map(),
  remember: (entries) => void remembered.push(...entries.map(([, text]) => text)),
  flush: async () => undefined,
}
const congruent = createCongruent({
  engine: (name) => (name === 'cue-wasm' ? createCueWasm() : createCueGo()),
  clock: () => new Date(0),
  memory,
  fewest: 0,
})
t.teardown(() => congruent.close())

/** What is secret: seen by an observer, stated in CUE, stated in a data file, a number. */
interface Secrets {
  readonly seen: string
  readonly stated: string
  readonly data: string
  readonly pin: number
}

const workspaceText = `workspace: w
teams: { app: { fragments: [./rules, ./more, ./data.yaml] } }
observations: [{ files: [seen.yaml, seen.json] }]
sensitive: [users.*.password, users.*.pin, tokens, vault.*.*]
`

function files({ seen, stated, data, pin }: Secrets): Readonly<Record<string, string>> {
  const text = JSON.stringify
  const state = {
    users: {
      bob: { password: seen, hint: 'none', copy: 'copied', pin, url: 'db://x' },
      eve: { password: seen, pin: 1, copy: 'other' },
      carol: { password: 'changed', plain: seen.length },
    },
    tokens: [{ name: seen, on: true }, seen],
    vault: { a: { key: seen } },
    plain: 'seen',
  }
  return {
    'congruent.yaml': workspaceText,
    'seen.yaml': `${JSON.stringify(state)}\n`,
    'seen.json': text({ users: { dan: { password: seen } } }, null, 2),
    'data.yaml': `users:\n  carol:\n    password: ${text(data)}\n`,
    'rules/r.cue': `package rules
#observed: _
_kept: ${text(stated)}
lib: secret: ${text(stated)}
users: [Name=string]: {
	password?: !~"Zq7" | error("[PW-1] not this")
	pin?: <1000
	hint?: "x" | error("[PW-2] the password is \\(#observed.users[Name].password)")
	copy?: password
}
users: eve: password: _kept
users: bob: password: lib.secret
users: bob: url: "db://\\(users.bob.password)"
tokens: [...{name?: =~"^good$"}]
vault: [string]: [string]: {key: "other"} | {key: "more"}
plain: users.eve.password
`,
    'more/m.cue': `package more
users: bob: pin: int & >10 | error("[PIN] \\(users.bob.pin) is too small")
users: bob: password: *"first" | ${text(stated)}
derived: "a" + users.carol.password
users: carol: password: _
`,
  }
}

async function everythingShown(source: ReturnType<typeof memorySource>): Promise<readonly string[]> {
  const shown: string[] = []
  const options = {
    lines: (): undefined => undefined,
    colour: false,
    width: 100_000,
    groupBy: 'file',
    quiet: false,
  } as const
  const { report, quoted } = await congruent.check({ source })
  t.ok(report.findings.length > 4, 'much is found')
  const lines = await quoted()
  for (const write of Object.values(formatters))
    shown.push(write(report, { ...options, lines: (file) => lines.get(file) }))
  for (const path of [[], ['users', 'bob', 'password'], ['users', 'bob', 'copy']]) {
    const { explanation, quoted: more } = await congruent.explain({ source, path })
    const explained = await more()
    for (const write of Object.values(explanationFormatters))
      shown.push(write(explanation, { ...options, lines: (file) => explained.get(file) }))
    const { desired } = await congruent.unify({ source, path })
    for (const format of ['cue', 'json', 'yaml'] as const) shown.push(formatDesired(desired, format))
    shown.push(...obstacleLines(desired, true, options), JSON.stringify(desired))
  }
  shown.push(JSON.stringify((await congruent.plan({ source })).plan))
  shown.push(...remembered.splice(0))
  return shown
}

function renderings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const ascii = Array.from({ length: secret.length }, (_, index) =>
    secret.charCodeAt(index) < 0x7f
      ? secret.charAt(index)
      : `\\u${secret.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
  return [secret, json, JSON.stringify(json).slice(1, -1), ascii, secret.slice(0, 12)]
}

const secretTexts = fc
  .array(fc.constantFrom('a', 'B', '9', '"', '\\', ' ', 'ö', '漢', '😀', "'", '<', '&', '\n', '.', '$'), {
    minLength: 12,
    maxLength: 300,
  })
  .map((units) => `Zq7xw${units.join('')}k`)

t.test('no rendering of a sensitive value is in anything that is shown or remembered', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      secretTexts,
      secretTexts,
      secretTexts,
      fc.integer({ min: 1e6, max: 9e6 }),
      async (seen, stated, data, pin) => {
        const shown = await everythingShown(memorySource(files({ seen, stated, data, pin })))
        for (const secret of [seen, stated, data]) {
          for (const rendering of renderings(secret)) {
            const leak = shown.find((text) => text.includes(rendering))
            t.equal(leak === undefined ? undefined : around(leak, rendering), undefined, JSON.stringify(secret))
          }
        }
        t.notOk(shown.some((text) => text.includes(String(pin))))
      },
    ),
    { numRuns: 3, endOnFailure: true },
  )
})

function around(text: string, found: string): string {
  const at = text.indexOf(found)
  return text.slice(Math.max(0, at - 200), at + 100)
}

t.test('what is decided is decided on the real value', async (t) => {
  const source = memorySource({
    'congruent.yaml':
      'workspace: w\nteams: { app: { fragments: [./rules] } }\nobservations: [{ files: [seen.yaml] }]\nsensitive: [password]\n',
    'rules/r.cue': 'package rules\npassword!: =~"^[a-z]{12}$" | error("[PW] twelve letters are required")\n',
    'seen.yaml': 'password: hunter2\n',
  })
  for (const engine of ['cue-go', 'cue-wasm'] as const) {
    const { report } = await congruent.check({ source, engine })
    t.equal(report.verdict, engine === 'cue-go' ? 'violates' : report.verdict, engine)
    t.notMatch(JSON.stringify(report), /hunter2/, engine)
  }
  const [finding] = (await congruent.check({ source })).report.findings
  t.match(finding, { message: '[PW] twelve letters are required', rule: { id: 'PW' } })
  t.equal(finding?.observations[0]?.value, '<masked>')
})

t.test('a value that came masked is undecided', async (t) => {
  const source = memorySource({
    'congruent.yaml':
      'workspace: w\nteams: { app: { fragments: [./rules] } }\nobservations: [{ files: [seen.yaml] }]\nsensitive: [password]\n',
    'rules/r.cue': 'package rules\npassword!: =~"^[a-z]{12}$"\n',
    'seen.yaml': 'password: <masked>\n',
  })
  const { report } = await congruent.check({ source })
  t.equal(report.verdict, 'undecided')
})
