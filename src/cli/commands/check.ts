import { Fault } from '../../errors.ts'
import { severities } from '../../model/counting.ts'
import { formats, formatters, type Format } from '../../report/formatters.ts'
import { printable } from '../../report/printable.ts'
import type { Report } from '../../model/report.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { CheckInput } from '../../operations/check.ts'
import { isForServer, tokenOption } from '../asking/options.ts'
import { baseUrlOf, baseUrlOption, findingPagesBelow } from '../base-url.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitStatusOf, undecidedKinds, type Allowed } from '../exit-status.ts'
import { judgedOptions, judgingOf } from '../judged.ts'
import { choiceFlag, isSet, textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import {
  colorOption,
  directoryOption,
  engineOption,
  failOnOption,
  groupOption,
  inputOptions,
  noCacheOption,
  nowOption,
  outputOption,
  partialOption,
  quietOption,
  teamOption,
  timeoutOption,
} from '../options.ts'
import { outputsOf, writeOutputs, type Target } from '../outputs.ts'
import { readerNames } from '../reader-names.ts'
import { directoryOf, observedOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { answerTo } from '../remembered.ts'
import { writeStepSummary } from '../step-summary.ts'
import type { serverCheck } from '../asking/server-check.ts'
import { formatOptionsOf, working } from '../work.ts'

/** `congruent check`: findings and verdict. */
export const check: Command = {
  summary: 'check what is observed against what the fragments demand: findings and a verdict',
  arguments: [
    {
      name: '[file...]',
      description: "observations instead of the workspace's own; `-` is standard input",
    },
  ],
  options: [
    directoryOption,
    {
      flags: '-e, --environment <name>',
      description: 'check only this environment; repeatable; default: every one',
      repeatable: true,
    },
    { flags: '--format <name>', description: 'what to write to standard output', choices: formats, default: 'text' },
    outputOption,
    groupOption,
    teamOption,
    failOnOption,
    ...judgedOptions,
    {
      flags: '--allow-undecided [kinds]',
      description: 'exit with 0 although something is undecided: all of it, or `=KIND,KIND`',
      bare: 'any',
    },
    partialOption,
    ...inputOptions,
    nowOption,
    engineOption,
    timeoutOption,
    noCacheOption,
    {
      flags: '--whole',
      description: 'ask the evaluator about everything at once, without any short way; the answer is the same',
    },
    {
      flags: '--profile',
      description: 'tell on standard error where the time went, and what each fragment and rule costs',
    },
    {
      flags: '--server <url>',
      description: 'have this server make the check; the fragments and observations of this folder are sent to it',
    },
    tokenOption,
    {
      flags: '--stored <name>',
      description: 'send observations only, and check them against this workspace of the server',
    },
    baseUrlOption,
    colorOption,
    quietOption,
  ],
  examples: [
    ['congruent check', 'every environment of the workspace in this folder'],
    ['congruent check -e prod --output json=report.json', 'one environment, for people and for machines'],
    ['congruent check --format github --output sarif=a.sarif --output junit=b.xml', 'annotations and files for CI'],
    ['congruent check -e prod --partial changed.yaml', 'only what one file says'],
    ['kubectl get deploy,svc -A -o yaml | congruent check -e prod --covers kinds -', 'what a cluster says now'],
    ['congruent check --changed origin/main', 'what lies in the files of this change'],
    ['congruent check --baseline known.json', 'only what is new counts; `--write-baseline known.json` makes the file'],
    ['congruent check -e prod --profile --quiet', 'what is slow: steps, fragments, rules'],
    [
      'congruent check -e prod --base-url https://congruent.example',
      'each finding with a link to its page on a server',
    ],
    ['congruent check --allow-undecided=unobserved,stale', 'undecided is no failure where nobody looked'],
  ],
  async run(context, flags, files) {
    const outputs = outputsOf(flags, formats, 'text', context.io.cwd)
    const failOn = choiceFlag(flags, 'failOn', severities) ?? 'error'
    const allowed = allowedOf(flags)
    const team = textFlag(flags, 'team')
    const base = baseUrlOf(context, flags)
    const request = requestOptionsOf(context, flags)
    const observed = await observedOf(context, flags, files)
    const now = observed.now ?? context.clock()
    const source = await sourceOf(context, flags)
    const judging = await judgingOf(context, flags, { folder: source.name, failOn, given: files, ...observed })
    const input = {
      ...request,
      ...observed,
      source,
      environments: textFlags(flags, 'environment'),
      partial: isSet(flags, 'partial'),
      failOn,
      whole: isSet(flags, 'whole'),
      ...(team === undefined ? {} : { team }),
    }
    const { value, lines } = isForServer(flags)
      ? await onServer(context, flags, observed, now)
      : isSet(flags, 'profile')
        ? await profiled(context, input, now)
        : await answerTo(context, { command: 'check', doing: 'checking', now }, input, async (congruent, input) => {
            const { report, quoted, holdsUntil } = await congruent.check({ ...input, now })
            return { value: report, quoted, holdsUntil: report.faults === undefined ? holdsUntil : -Infinity }
          })
    const report = await judging({ ...value, checkedAt: now.toISOString() })
    const pages = findingPagesBelow(base, textFlag(flags, 'stored') ?? report.workspace)
    const nameOf = readerNames(context.io.cwd, directoryOf(flags), files)
    const render = (format: Format, target: Target): string =>
      formatters[format](report, { ...formatOptionsOf(flags, lines, target), failOn, nameOf, ...pages })
    await writeOutputs(context, outputs, render)
    await writeStepSummary(context.config, outputs, () => render('markdown', context.config))
    if (outputs.format !== 'text') {
      for (const { code, message } of report.faults ?? [])
        await write(context.io.stderr, `congruent: ${printable(message)} (${code})\n`)
    }
    return exitStatusOf(report, failOn, allowed)
  },
}

/** What a server is asked with is loaded only then. */
async function onServer(...asked: Parameters<typeof serverCheck>): ReturnType<typeof serverCheck> {
  const { serverCheck } = await import('../asking/server-check.ts')
  return serverCheck(...asked)
}

/** Checks anew, whatever is remembered of the whole, and says on standard error where the time went. */
async function profiled(
  context: CommandContext,
  input: CheckInput,
  now: Date,
): Promise<{ readonly value: Report; readonly lines: QuotedLines }> {
  const { profileText } = await import('../../report/profile.ts')
  const { value, lines, profile } = await working(context, 'checking and measuring', async () => {
    const congruent = await context.congruent(input.engine, await context.memory(input.source.name))
    const { report, quoted, profile } = await congruent.profile({ ...input, now })
    return { value: report, lines: await quoted(), profile }
  })
  await write(context.io.stderr, profileText(profile, { colour: false }))
  return { value, lines }
}

function allowedOf(flags: Flags): Allowed {
  const text = textFlag(flags, 'allowUndecided')
  if (text === undefined) return []
  if (text === 'any') return 'any'
  return text.split(',').map((word) => {
    const kind = undecidedKinds.find((known) => known === word)
    if (kind !== undefined) return kind
    const known = undecidedKinds.map((name) => `\`${name}\``).join(', ')
    throw new Fault(
      'USAGE',
      `\`--allow-undecided=${text}\`: \`${word}\` is no kind of finding that leaves a check undecided; expected ${known}`,
    )
  })
}
