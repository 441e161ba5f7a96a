import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { main } from '../src/cli/main.ts'
import { packageVersion } from '../src/version.ts'
import { gitRepository } from './support/git-repository.ts'
import { fakeIo } from './support/fake-io.ts'
import { readTranscript, wordsOf, writeTranscript, type Step } from './support/transcript.ts'

// Each file of test/scenarios is a page that reads as a session at the terminal. With CONGRUENT_UPDATE=1 what comes out is
// written down as what is expected; the difference is to be reviewed like code. What a check or a review says is written as JSON as
// well, and held to its schema.

const folder = 'test/scenarios'
const update = process.env['CONGRUENT_UPDATE'] === '1'

/** A command's document, by the name of its schema. */
const documents: ReadonlyMap<string, string> = new Map([
  ['check', 'report'],
  ['lint', 'report'],
  ['review', 'review'],
  ['diff', 'review'],
])
const schemas = ['report', 'exemptions', 'review'].map((name): object =>
  JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')),
)
const ajv = new Ajv2020({ strict: false, validateFormats: false, schemas })

/** Runs a line; of several commands with `|` between them each reads what the one before writes, and the last says the status. */
async function run(command: string, cwd: string, report: string): Promise<Step> {
  let done: Omit<Step, 'command'> | undefined
  for (const words of piped(wordsOf(command))) {
    const next: Omit<Step, 'command'> = await runOne(words, { cwd, report, stdin: done?.stdout })
    done = { ...next, stderr: `${done?.stderr ?? ''}${next.stderr}` }
  }
  const stable = (text = ''): string => text.replaceAll(cwd, '$WORK').replaceAll(packageVersion(), '$VERSION')
  return { command, status: done?.status ?? 0, stdout: stable(done?.stdout), stderr: stable(done?.stderr) }
}

function piped(words: readonly string[]): readonly string[][] {
  const commands: string[][] = [[]]
  for (const word of words) {
    if (word === '|') commands.push([])
    else commands.at(-1)?.push(word)
  }
  return commands
}

interface Place {
  readonly cwd: string
  readonly report: string
  readonly stdin: string | undefined
}

async function runOne(words: string[], { cwd, report, stdin }: Place): Promise<Omit<Step, 'command'>> {
  const env: Record<string, string> = {}
  for (;;) {
    const [, name, value = ''] = /^([A-Z_]+)=(.*)$/s.exec(words[0] ?? '') ?? []
    if (name === undefined) break
    env[name] = value
    words.shift()
  }
  const from = words.indexOf('<')
  const [, input] = from === -1 ? [] : words.splice(from, 2)
  const [program, ...args] = words
  if (program === 'git') return { status: 0, stdout: gitRepository(cwd).git(...args), stderr: '' }
  if (program !== 'congruent') throw new Error(`a scenario runs congruent and git, not ${program}`)
  const given = input === undefined ? stdin : await readFile(join(cwd, input), 'utf8')
  const io = fakeIo({ cwd, env, ...(given === undefined ? {} : { stdin: given }) })
  const alsoJson = documents.has(args[0] ?? '') ? ['--output', `json=${report}`] : []
  const status = await main([...args, ...alsoJson], io)
  return { status, stdout: io.stdout.text, stderr: io.stderr.text }
}

t.setTimeout(300_000)

for (const name of (await readdir(folder)).filter((file) => file.endsWith('.txtar')).toSorted()) {
  await t.test(name, async (t) => {
    const path = join(folder, name)
    const text = await readFile(path, 'utf8')
    const scenario = readTranscript(text)
    t.ok(scenario.comment.length > 20, 'a comment says what is at stake')
    t.ok(scenario.steps.length > 0, 'there are commands')
    const work = await realpath(await mkdtemp(join(tmpdir(), 'congruent-scenario-')))
    t.teardown(() => rm(work, { recursive: true, force: true }))
    for (const [file, content] of Object.entries(scenario.files)) {
      await mkdir(dirname(join(work, file)), { recursive: true })
      await writeFile(join(work, file), content)
    }
    const steps: Step[] = []
    const report = join(t.testdir({}), 'report.json')
    for (const { command } of scenario.steps) {
      steps.push(await run(command, work, report))
      if (!existsSync(report)) continue
      const fits = ajv.getSchema(`urn:congruent:${documents.get(/.*congruent (\w+)/.exec(command)?.[1] ?? '') ?? ''}`)
      t.ok(fits?.(JSON.parse(await readFile(report, 'utf8'))), command, { errors: fits?.errors })
      await rm(report)
    }
    const actual = writeTranscript({ ...scenario, steps })
    if (update) await writeFile(path, actual)
    else t.equal(actual, text)
  })
}
