import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formatsOf from 'ajv-formats'
import fc from 'fast-check'
import * as htmlPlugin from 'prettier/plugins/html'
import * as markdownPlugin from 'prettier/plugins/markdown'
import t from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { exactJson } from '../../src/model/exact-json.ts'
import type { Finding } from '../../src/model/finding.ts'
import { formats, formatters, type Format } from '../../src/report/formatters.ts'
import { printable } from '../../src/report/printable.ts'
import { parseXml, type XmlElement } from '../support/xml.ts'
import { xsdProblems } from '../support/xsd.ts'
import { everything, finding, options, reportOf } from './formatters/everything.ts'

const folder = 'test/report/formatters'

const endings: Readonly<Record<Format, string>> = {
  text: 'txt',
  json: 'json',
  ndjson: 'ndjson',
  sarif: 'sarif.json',
  junit: 'junit.xml',
  tap: 'tap',
  github: 'github.txt',
  gitlab: 'gitlab.json',
  azure: 'azure.txt',
  markdown: 'md',
  html: 'html',
  policyreport: 'policyreport.yaml',
}

/** Styles are those of the pages, and change with them. */
function withoutStyles(page: string): string {
  return page.replace(/(<style>)[^]+?(<\/style>)/, '$1$2')
}

t.test('one report with everything, in each format', async (t) => {
  for (const format of formats) {
    const name = `${folder}/golden/everything.${endings[format]}`
    const written = formatters[format](everything, options)
    const told = format === 'html' ? withoutStyles(written) : written
    if (process.env['CONGRUENT_UPDATE'] === '1') writeFileSync(name, told)
    t.equal(told, readFileSync(name, 'utf8'), name)
    t.ok(written.endsWith('\n') && !written.endsWith('\n\n'), `${format} ends with a line end`)
  }
})

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
formatsOf.default(ajv)

/** A schema of another program; those of draft-04 say `id`. */
function validatorOf(file: string): (data: unknown) => readonly string[] {
  const schema = JSON.parse(readFileSync(`${folder}/schemas/${file}`, 'utf8'))
  delete schema.$schema
  delete schema.id
  const validate = ajv.compile(schema)
  return (data) =>
    validate(data) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const sarifProblems = validatorOf('sarif-2.1.0-rtm.5.json')
const junitSchema = parseXml(readFileSync(`${folder}/schemas/junit-10.xsd`, 'utf8'))

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ...['\n', '\r', '%', '%0A', '::', '::error::', '##vso[task.x]', '##[error]', ']]>', ']', ';', ',', ':'],
        ...['|', '`', '``', '<script>', '</details>', '<!--', '-->', '&amp;', '"', "'", '\\', '@team', '#1', 'a@b.c'],
        ...['\u0000', '\u001b[31m', '\ud800', '\udfff', '\u202e', '\u2028', '\ufeff', '\ufffe', '\uffff', '😀'],
        ...[
          '{0}',
          '[a](b)',
          'https://a.b',
          'www.a.b',
          ' ',
          '  ',
          '# ',
          '- ',
          '...',
          '---',
          '*a*',
          '_b_',
          '~',
          '/',
          '..',
        ],
      ),
    ),
    { maxLength: 8 },
  )
  .map((texts) => texts.join(''))

/** A finding all of whose texts are hostile. */
const hostileFinding: fc.Arbitrary<Finding> = fc
  .record({
    outcome: fc.constantFrom('conflicts', 'violates', 'undecided', 'none'),
    severity: fc.constantFrom('error', 'warning', 'info'),
    text: hostileText,
    id: hostileText,
    team: hostileText,
    file: hostileText,
    exempted: fc.boolean(),
    observed: fc.boolean(),
  })
  .map(({ outcome, severity, text, id, team, file, exempted, observed }) =>
    finding({
      outcome,
      severity,
      environment: `e${text}`,
      rule: { id: `r${id}`, title: text, docs: text },
      at: `p${text}`,
      message: `m${text}`,
      conjuncts: [{ team, file: `in${file}`, line: 2, column: 3, text }],
      observations: observed
        ? [{ observer: `o${team}`, sequence: 1, file: `in${file}`, line: 1, column: 1, value: text }]
        : [],
      owner: team,
      teams: [team],
      ...(exempted ? { exempted: { id, owner: team, expires: text } } : {}),
    }),
  )

const hostile = { ...options, lines: () => undefined, nameOf: (file: string) => file }

t.test('sarif is valid, and what it says survives', async (t) => {
  const log = JSON.parse(formatters.sarif(everything, options))
  t.same(sarifProblems(log), [])
  t.same(sarifProblems({ ...log, version: '1' }).length > 0, true, 'the schema can refuse')
  const [run] = log.runs
  t.equal(run.results.length, everything.findings.length)
  const [, first] = run.results
  t.equal(first.locations[0].physicalLocation.artifactLocation.uri, 'policy/shop/observed/a%20b.yaml')
  t.same(first.locations[0].physicalLocation.region, { startLine: 3, startColumn: 15 })
  t.match(first.relatedLocations[0].message.text, /^wanted by sre: >=2$/)
  t.equal(run.results.filter(({ suppressions }: { suppressions: unknown[] }) => suppressions.length > 0).length, 1)
  for (const { ruleId, ruleIndex } of run.results) t.equal(run.tool.driver.rules[ruleIndex].id, ruleId)
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const log = JSON.parse(formatters.sarif(reportOf([one]), hostile))
      const [result] = log.runs[0].results
      const said: string = result.message.text
        .replaceAll(/(\\*)\\\[(?=[^\]]*\]\()/g, (_: string, slashes: string) => `${slashes.slice(slashes.length / 2)}[`)
        .replaceAll(/\{(\{\d+\})\}/g, '$1')
      const { uri } = result.locations[0].physicalLocation.artifactLocation
      const file = one.conjuncts[0]?.file ?? ''
      return (
        sarifProblems(log).length === 0 &&
        said.includes(printable(one.message).replaceAll(/\{(\{\d+\})\}/g, '$1')) &&
        decodeURIComponent(uri) === Buffer.from(file).toString()
      )
    }),
  )
  const uriOf = (file: string): string => {
    const conjuncts = [{ team: 'sre', file, line: 1, column: 1 }]
    const outside = JSON.parse(formatters.sarif(reportOf([finding({ conjuncts, observations: [] })]), hostile))
    return outside.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri
  }
  t.equal(uriOf('/etc/a b.cue'), 'file:///etc/a%20b.cue')
  t.equal(uriOf('C:/a/b.cue'), 'file:///C%3A/a/b.cue')
})

function casesOf(element: XmlElement): readonly XmlElement[] {
  const children = element.children.filter((child) => typeof child !== 'string')
  return element.name === 'testcase' ? [element] : children.flatMap(casesOf)
}

function textIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
}

t.test('junit is valid; violations fail, what is undecided is an error, what is excused is skipped', async (t) => {
  const suites = parseXml(formatters.junit(everything, options))
  t.same(xsdProblems(junitSchema, suites), [])
  t.same(xsdProblems(junitSchema, { ...suites, attributes: { errors: '1', x: '' } }), ['/testsuites: no attribute x'])
  const results = new Map(
    casesOf(suites).map(({ attributes, children: [told] }) => [
      `${attributes['classname']} ${attributes['name']}`,
      told === undefined || typeof told === 'string' ? 'passes' : told.name,
    ]),
  )
  const expected = {
    'shop.dev verdict': 'passes',
    'shop.edge verdict': 'error',
    'shop.stage verdict': 'error',
    'shop.broken verdict': 'failure',
    'HA-1 conflict services.web.replicas': 'failure',
    'HA-1 mismatch services.cart.replicas': 'skipped',
    'HA-1 mismatch services.old.replicas': 'skipped',
    'HA-1 stale services.db.size': 'skipped',
    'platform:services.[].backup unobserved services.db.backup': 'error',
    'web:services.web.ports drift services.web.ports[0]': 'system-out',
  }
  for (const [name, result] of Object.entries(expected)) t.equal(results.get(name), result, name)
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const suites = parseXml(formatters.junit(reportOf([one]), hostile))
      return xsdProblems(junitSchema, suites).length === 0 && textIn(suites).includes(printable(one.message))
    }),
  )
})

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** Reads a line as GitHub's runner does: `undefined` if it is no command. */
function commandOf(line: string): Command | undefined {
  const trimmed = line.trimStart()
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  if (end === -1) return undefined
  const head = trimmed.slice(2, end)
  const space = head.indexOf(' ')
  const unescaped = (text: string, codes: RegExp): string =>
    text.replaceAll(codes, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
  const pairs = space === -1 ? [] : head.slice(space + 1).split(',')
  return {
    name: space === -1 ? head : head.slice(0, space),
    properties: Object.fromEntries(
      pairs.map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        unescaped(pair.slice(pair.indexOf('=') + 1), /%(?:0D|0A|3A|2C|25)/g),
      ]),
    ),
    message: unescaped(trimmed.slice(end + 2), /%(?:0D|0A|25)/g),
  }
}

t.test('github: each annotation is one command, and survives', async (t) => {
  const lines = formatters.github(everything, options).trimEnd().split('\n')
  const commands = lines.flatMap((line) => commandOf(line) ?? [])
  t.same(
    lines.filter((line) => commandOf(line) === undefined),
    ['shop conflicts: 11 findings'],
  )
  t.same(
    commands.map(({ name }) => name),
    [...Array.from({ length: 7 }, () => 'error'), 'warning', 'warning', ...Array.from({ length: 4 }, () => 'notice')],
  )
  t.match(commands.at(-4)?.properties['title'], /^exempted: HA-1/)
  t.match(commands.at(-3)?.properties['title'], /^known: HA-1/)
  const outside = finding({
    observations: [{ observer: 'o', sequence: 1, file: '/tmp/live.yaml', line: 1, column: 1 }],
  })
  const shown = commandOf(formatters.github(reportOf([outside]), hostile).split('\n')[0] ?? '')
  t.equal(shown?.properties['file'], 'sre/ha.cue', 'a file of the checkout, where one says something')
  const lint = finding({ kind: 'lint', outcome: 'none', severity: 'warning' })
  t.match(formatters.junit(reportOf([lint]), { ...hostile, failOn: 'warning' }), / failures="2" /)
  t.match(formatters.junit(reportOf([lint]), hostile), / failures="1" /)
  const many = Array.from({ length: 25 }, (_, index) => finding({ at: `a${index}` }))
  const inline = formatters.github(reportOf(many), options).split('\n')
  t.equal(inline.filter((line) => line.startsWith('::error')).length, 10)
  t.equal(inline[10], 'and 15 more of level error, which GitHub shows no annotations for')
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const lines = formatters
        .github(reportOf([one]), hostile)
        .trimEnd()
        .split('\n')
      const [command] = lines.flatMap((line) => commandOf(line) ?? [])
      return (
        lines.length === 2 &&
        lines[1] === 'shop violates: 1 finding' &&
        ['error', 'warning', 'notice'].includes(command?.name ?? '') &&
        command?.properties['file'] === one.conjuncts[0]?.file &&
        command?.properties['title']?.endsWith(printable(`${one.rule.id} ${one.rule.title}`)) === true &&
        command.message.split('\n')[0]?.endsWith(printable(one.message)) === true
      )
    }),
  )
})

/** Reads a line as the agent of Azure Pipelines does: a command anywhere in it; `undefined` if there is none. */
function agentCommandOf(line: string): Command | undefined {
  const start = line.indexOf('##vso[')
  const end = line.indexOf(']', start)
  if (start === -1 || end === -1) return undefined
  const [name = '', properties = ''] = line.slice(start + 6, end).split(/ (.*)/s)
  const unescaped = (text: string): string =>
    text
      .replaceAll('%3B', ';')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%5D', ']')
      .replaceAll('%AZP25', '%')
  const pairs = properties.split(';').filter((pair) => pair !== '')
  return {
    name,
    properties: Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))]),
    ),
    message: unescaped(line.slice(end + 1)),
  }
}

t.test('azure: each issue is one command, and no other text is one', async (t) => {
  const lines = formatters.azure(everything, options).trimEnd().split('\n')
  const types = lines.map((line) => agentCommandOf(line)?.properties['type'])
  t.equal(types.filter((type) => type === 'error').length, 7)
  t.equal(types.filter((type) => type === 'warning').length, 2)
  t.equal(types.filter((type) => type === undefined).length, 5)
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const lines = formatters
        .azure(reportOf([one]), hostile)
        .trimEnd()
        .split('\n')
      const [command] = lines.flatMap((line) => agentCommandOf(line) ?? [])
      const isIssue = one.exempted === undefined && one.outcome !== 'none' && one.severity !== 'info'
      const isRight =
        command?.name === 'task.logissue' &&
        command.properties['code'] === one.rule.id &&
        command.properties['sourcepath'] === one.conjuncts[0]?.file &&
        command.message.split('\n')[0]?.endsWith(printable(one.message)) === true
      return lines.length === 2 && (isIssue ? isRight : command === undefined && !/##\[/.test(lines[0] ?? ''))
    }),
  )
})

const codeQualityProblems = validatorOf('code-quality.schema.json')

t.test('gitlab: valid, each fingerprint once, and nothing excused is worse than information', async (t) => {
  const issues: readonly { severity: string; description: string; fingerprint: string }[] = JSON.parse(
    formatters.gitlab(everything, options),
  )
  t.same(codeQualityProblems(issues), [])
  t.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, everything.findings.length + 2)
  t.same(
    issues.filter(({ description }) => /^(?:exempted|known)/.test(description)).map(({ severity }) => severity),
    ['info', 'info'],
  )
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const issues = JSON.parse(formatters.gitlab(reportOf([one]), hostile))
      return codeQualityProblems(issues).length === 0 && issues[0].description.includes(printable(one.message))
    }),
  )
})

/** A test point as version 14 of the protocol says it is read. */
function tapPointsOf(
  text: string,
): readonly { isOk: boolean; description: string; todo?: string; details?: unknown }[] {
  const [version, plan, ...lines] = text.trimEnd().split('\n')
  if (version !== 'TAP version 14') throw new SyntaxError('no version')
  const points: { isOk: boolean; description: string; todo?: string; details?: unknown }[] = []
  let yaml: string[] | undefined
  for (const line of lines) {
    if (yaml !== undefined) {
      const last = points.at(-1)
      if (line !== '  ...') yaml.push(line.slice(2))
      else if (last !== undefined) {
        last.details = parse(yaml.join('\n'))
        yaml = undefined
      }
    } else if (line === '  ---') yaml = []
    else {
      const found = /^(not )?ok (\d+) - ((?:[^\\#]|\\.)*?)(?: # TODO ((?:[^\\#]|\\.)*))?$/.exec(line)
      if (found === null || Number(found[2]) !== points.length + 1) throw new SyntaxError(`no point: ${line}`)
      const unescaped = (text = ''): string => text.replaceAll(/\\(.)/g, '$1')
      points.push({
        isOk: found[1] === undefined,
        description: unescaped(found[3]),
        ...(found[4] === undefined ? {} : { todo: unescaped(found[4]) }),
      })
    }
  }
  if (plan !== `1..${points.length}`) throw new SyntaxError(`a wrong plan: ${plan}`)
  return points
}

t.test('tap: nothing that is undecided is ok, and what is excused fails nothing', async (t) => {
  const points = tapPointsOf(formatters.tap(everything, options))
  const failing = points.filter(({ isOk, todo }) => !isOk && todo === undefined)
  t.equal(failing.length, 5 + 5, 'five environments, five findings')
  t.same(
    points.filter(({ isOk }) => isOk).map(({ description }) => description),
    ['shop dev: conforms', 'drift services.web.ports[0]: observed 3, the default is 2'],
  )
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const [, point] = tapPointsOf(formatters.tap(reportOf([one]), hostile))
      return (
        point?.description.endsWith(printable(one.message)) === true &&
        exactJson(point.details).includes(exactJson(printable(one.rule.id)))
      )
    }),
  )
})

t.test('ndjson holds what json holds, a line each', async (t) => {
  const [{ type, ...report }, ...findings] = formatters
    .ndjson(everything)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  t.equal(type, 'report')
  const whole = { ...report, findings: findings.map(({ type: _, ...finding }) => finding) }
  t.strictSame(whole, JSON.parse(formatters.json(everything)))
})

const reportProblems = validatorOf('openreports.schema.json')

t.test('policyreport: valid objects, one an environment; what is undecided is an error', async (t) => {
  const reports = parseAllDocuments(formatters.policyreport(everything, options)).map((document) => document.toJS())
  t.same(reports.flatMap(reportProblems), [])
  t.same(
    reports.map(({ metadata, summary }) => [metadata.name, ...Object.values(summary)]),
    [
      ['congruent-shop-broken', 0, 1, 0, 0, 0],
      ['congruent-shop-canary', 0, 1, 0, 0, 0],
      ['congruent-shop-dev', 1, 0, 0, 0, 0],
      ['congruent-shop-edge', 0, 0, 0, 1, 0],
      ['congruent-shop-prod', 1, 1, 3, 2, 2],
      ['congruent-shop-stage', 0, 0, 0, 1, 0],
    ],
  )
  const path = ['namespaces', 'shop', 'Deployment.apps', 'web', 'spec', 'replicas']
  const [of] = parseAllDocuments(formatters.policyreport(reportOf([finding({ path })]), options)).map((one) =>
    one.toJS(),
  )
  t.same(of.results[0].resources, [{ kind: 'Deployment', name: 'web', namespace: 'shop' }])
  fc.assert(
    fc.property(hostileFinding, (one) => {
      const documents = parseAllDocuments(formatters.policyreport(reportOf([one]), hostile))
      const [report] = documents.map((document) => document.toJS())
      return (
        documents.every(({ errors }) => errors.length === 0) &&
        reportProblems(report).length === 0 &&
        report.results[0].message.endsWith(printable(one.message))
      )
    }),
  )
})

/** Every node of a tree of syntax, in order, by the member that tells its kind. */
function nodesOf(node: unknown, kind: 'type' | 'kind'): readonly Readonly<Record<string, unknown>>[] {
  if (typeof node !== 'object' || node === null || !(kind in node)) return []
  const children: unknown = Reflect.get(node, 'children')
  const below = Array.isArray(children) ? children.flatMap((child: unknown) => nodesOf(child, kind)) : []
  return [Object.fromEntries(Object.entries(node)), ...below]
}

async function markdownNodes(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const root: unknown = await markdownPlugin.parsers.markdown.parse(text, Object.create(null))
  return nodesOf(root, 'type')
}

const markdownTypes =
  /^(?:root|html|heading|text|sentence|word|whitespace|table|tableRow|tableCell|inlineCode|list|listItem|paragraph|strong|break)$/
const ownHtml =
  /^(?:<!-- congruent:report shop -->|<br>|<\/?details>(?:\s*<summary>[^<]*(?:<code>[^<]*<\/code>[^<]*)?<\/summary>)?)$/

/** A link that is ours: to the page of a finding. */
function isPage({ type, url }: Readonly<Record<string, unknown>>): boolean {
  return type === 'link' && /^https:\/\/congruent\.example\/w\/shop\/findings\/f{32}\?env=[\w%.~-]+$/.test(String(url))
}

t.test('markdown is short first, folded by team, stable and bounded, and text in it is text', async (t) => {
  const written = formatters.markdown(everything, options)
  t.equal(written.split('\n')[0], '<!-- congruent:report shop -->')
  t.equal(formatters.markdown({ ...everything, checkedAt: '2027-01-01T00:00:00Z' }, options), written)
  const many = Array.from({ length: 10_000 }, (_, index) =>
    finding({ at: `services.a${index}.replicas`, owner: `team-${index % 7}` }),
  )
  const long = formatters.markdown(reportOf(many), options)
  t.ok(long.length < 65_000 && long.length > 50_000, `${long.length} characters`)
  t.equal([...long.matchAll(/… and \d+ more, in the other formats of this report/g)].length, 7)
  await fc.assert(
    fc.asyncProperty(hostileFinding, async (one) => {
      const nodes = await markdownNodes(formatters.markdown(reportOf([one]), hostile))
      const codes = nodes.filter(({ type }) => type === 'inlineCode').map(({ value }) => String(value).trim())
      const said = printable(one.message).trim()
      return (
        nodes.every((node) => markdownTypes.test(String(node['type'])) || isPage(node)) &&
        nodes.filter(({ type }) => type === 'html').every(({ value }) => ownHtml.test(String(value).trim())) &&
        codes.some((code) => code.replaceAll(/\s+/g, ' ') === said.replaceAll(/\s+/g, ' '))
      )
    }),
  )
})

const htmlElements =
  /^(?:html|head|meta|title|style|body|main|h1|h2|h3|p|span|time|table|thead|tbody|tr|th|td|ul|li|a|section|article|code|wbr|strong|div|figure|figcaption|b|pre|details|summary|h4|svg|defs|pattern|rect|path|circle)$/

t.test('html is one file without scripts, and text in it is text', async (t) => {
  t.notMatch(formatters.html(everything, options), /<script|\bsrc=|@import|url\(| on\w+=/)
  await fc.assert(
    fc.asyncProperty(hostileFinding, async (one) => {
      const written = formatters.html(reportOf([one]), { ...hostile, lines: () => new Map([[2, one.message]]) })
      const root: unknown = await htmlPlugin.parsers.html.parse(
        written,
        Object.assign(Object.create(null), { name: 'html' }),
      )
      const nodes = nodesOf(root, 'kind')
      const names = nodes.filter(({ kind }) => kind === 'element').map(({ name }) => String(name))
      const texts = nodes.filter(({ kind }) => kind === 'text').map(({ value }) => unescapedHtml(String(value)))
      return names.every((name) => htmlElements.test(name)) && texts.includes(printable(one.message))
    }),
  )
})

function unescapedHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (names[name ?? ''] ?? '?') : String.fromCharCode(Number(code)),
  )
}
