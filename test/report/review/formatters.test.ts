import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import t from 'tap'
import type { Review } from '../../../src/model/review.ts'
import { approvalsText } from '../../../src/report/review/approvals.ts'
import type { ReviewOptions } from '../../../src/report/review/format.ts'
import { reviewFormats, reviewFormatters } from '../../../src/report/review/formatters.ts'
import { reviewSummary } from '../../../src/review/review-verdict.ts'
import { finding } from '../../support/findings.ts'

const options: ReviewOptions = {
  lines: () => undefined,
  linesBefore: () => undefined,
  colour: false,
  width: 100,
  groupBy: 'file',
  quiet: false,
}

/** A review with something everywhere, in which a text of somebody's stands wherever one can. */
function reviewWith(word: string): Review {
  const fingerprint = '0'.repeat(32)
  const conjuncts = [{ team: word, file: word, line: 1, column: 2, text: word, rule: word }]
  const observations = [{ observer: word, sequence: 1, file: word, line: 3, column: 4, value: word }]
  const found = (given: Parameters<typeof finding>[0] = {}) =>
    finding({
      at: word,
      path: [word],
      rule: { id: word, title: word },
      message: word,
      owner: word,
      teams: [word],
      conjuncts,
      observations,
      ...given,
      fingerprint,
    })
  const rule = { id: word, title: word, team: word, environments: ['prod'], sites: conjuncts }
  const exemption = { id: word, rule: word, path: word, owner: word, reason: word, expires: '2026-12-31' }
  const environments: Review['environments'] = [
    {
      name: 'prod',
      snapshots: [],
      changes: [
        {
          at: word,
          path: [word],
          change: 'tighter',
          before: word,
          after: word,
          example: { value: word, before: 'allowed', after: 'refused' },
          side: 'head',
          conjuncts,
          owner: word,
          teams: [word],
        },
        { at: '', path: [], change: 'removed', before: word, side: 'base', conjuncts, teams: [] },
      ],
      conflicts: { new: [found({ kind: 'conflict', outcome: 'conflicts' })], resolved: [] },
      findings: {
        new: [
          found(),
          found({ kind: 'unobserved', outcome: 'undecided' }),
          found({ kind: 'breach' }),
          found({ kind: 'drift', outcome: 'none', severity: 'info' }),
        ],
        resolved: [found({ kind: 'missing' })],
        changed: [{ before: found({ message: 'before' }), after: found({ severity: 'warning' }) }],
        renamed: [],
      },
      latent: { new: [found({ kind: 'conflict' })], resolved: [] },
      lints: { new: [found({ kind: 'lint', outcome: 'none' })], resolved: [] },
    },
  ]
  return {
    review: 1,
    tool: { name: 'congruent', version: '1.2.3', engine: { name: 'cue-go', cue: 'v0.17.1', lacks: [word] } },
    workspace: word,
    reviewedAt: '2026-03-01T12:00:00.000Z',
    base: { ref: word, commit: 'a'.repeat(40), digest: 'd'.repeat(64) },
    head: { ref: 'worktree', digest: 'd'.repeat(64) },
    verdict: 'conflicts',
    notes: [{ code: 'note', message: word, file: word, line: 1 }],
    environments,
    faults: [{ environment: word, code: 'ENGINE_DEADLINE', message: word }],
    summary: reviewSummary(environments, 'error'),
    rules: {
      added: [rule],
      untested: [rule],
      removed: [rule],
      severity: [{ rule, entries: ['ci'], before: 'error', after: 'off', lowered: true }],
    },
    exemptions: {
      added: [exemption],
      removed: [exemption],
      widened: [{ before: exemption, after: exemption }],
      narrowed: [{ before: exemption, after: exemption }],
    },
    approvals: [{ team: word, contact: word, paths: [word] }],
  }
}

const word = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '<script>',
    '</details>',
    '](x)',
    '`a`',
    '|',
    '\u001b[31m',
    '\u202e',
    '\n\n# x',
    '&lt;',
    "'",
    '"',
    '-->',
    '@team',
    '\ud800',
  ),
)

t.test('the document fits its schema', async (t) => {
  const read = (name: string): object => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
  const ajv = new Ajv2020({ strict: false, validateFormats: false, schemas: [read('report'), read('exemptions')] })
  const fits = ajv.compile(read('review'))
  t.ok(fits(JSON.parse(reviewFormatters.json(reviewWith('x')))), JSON.stringify(fits.errors))
})

t.test('whatever is said in a review, no format says anything by it', async () => {
  const tagsOf = (html: string): string =>
    (html.replaceAll(/ aria-label="[^"]*"/g, '').match(/<\/?[a-z!][^>]*>/g) ?? [])
      .filter((tag) => tag !== '<wbr/>')
      .join('')
  // Blocks begin a line; within one everything of somebody's is code.
  const shapeOf = (markdown: string): string =>
    markdown.split('\n').length + (markdown.match(/^<\/?(?:details|summary)>/gm) ?? []).join('')
  const [plainHtml, plainMarkdown] = [
    reviewFormatters.html(reviewWith('x y'), options),
    reviewFormatters.markdown(reviewWith('x y'), options),
  ]
  const isQuiet = (text: string): boolean => !/[\p{Cs}\u001b\u202e]/u.test(text)
  fc.assert(
    fc.property(word, (text) => {
      const review = reviewWith(text)
      const written = reviewFormats
        .filter((format) => format !== 'json')
        .map((format) => reviewFormatters[format](review, options))
      return (
        written.every(isQuiet) &&
        tagsOf(reviewFormatters.html(review, options)) === tagsOf(plainHtml) &&
        shapeOf(reviewFormatters.markdown(review, options)) === shapeOf(plainMarkdown)
      )
    }),
  )
})

t.test('a comment is no longer than one may be, and says how much is left out', async (t) => {
  const one = reviewWith('x')
  const [environment] = one.environments
  if (environment === undefined) throw new Error('an environment')
  const many = Array.from({ length: 3000 }, (_, index) =>
    finding({ path: ['services', `s${index}`], owner: `team-${index % 7}` }),
  )
  const large = { ...one, environments: [{ ...environment, findings: { ...environment.findings, new: many } }] }
  const written = reviewFormatters.markdown(large, options)
  t.ok(written.length < 65_000, String(written.length))
  t.match(written, /… and \d+ more, in the other formats of this review/)
  t.equal((written.match(/<details>/g) ?? []).length, (written.match(/<\/details>/g) ?? []).length)
})

t.test('no observable change is said in a line', async (t) => {
  const nothing: Review = {
    ...reviewWith('shop'),
    verdict: 'unchanged',
    environments: [],
    notes: [],
    summary: reviewSummary([], 'error'),
    rules: { added: [], removed: [], severity: [] },
    exemptions: { added: [], removed: [], widened: [], narrowed: [] },
    approvals: [],
  }
  for (const format of reviewFormats.filter((format) => format !== 'json'))
    t.match(
      reviewFormatters[format](nothing, options),
      'no observable change: the same is desired, and the same is found',
    )
})

t.test('approvals, for programs', async (t) => {
  const review = {
    ...reviewWith('x'),
    approvals: [
      { team: 'a', contact: '#a', paths: ['x.y', 'z'] },
      { team: 'b', paths: [''] },
    ],
  }
  t.equal(approvalsText(review, 'text'), 'a\t#a\tx.y z\nb\t\t\n')
  t.same(JSON.parse(approvalsText(review, 'json')), review.approvals)
})
