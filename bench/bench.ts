// Measures, and prints tables: `bench.js [QUESTION...] [SIZE...] [--write]`; without arguments everything.
import { change } from './change.ts'
import { check } from './check.ts'
import { documents } from './documents.ts'
import { engineReady } from './engine.ts'
import { http } from './http.ts'
import { formatFigures } from './measure/figures.ts'
import { formatTable } from './measure/table.ts'
import { writePage } from './page/page.ts'
import { remember } from './page/results.ts'
import { pagesInBrowser } from './pages.ts'
import { pods } from './pods.ts'
import type { Question } from './question.ts'
import { start } from './start.ts'
import { unify } from './unify.ts'

const questions: readonly Question[] = [start, engineReady, unify, check, documents, change, pods, http, pagesInBrowser]

const given = process.argv.slice(2)
const sizes = given.filter((word) => /^\d+$/.test(word)).map(Number)
const names = given.filter((word) => !/^\d+$/.test(word) && word !== '--write')
const unknown = names.filter((name) => !questions.some((question) => question.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `no question \`${unknown.join(' ')}\`; there are ${questions.map(({ name }) => name).join(', ')}\n`,
  )
  process.exitCode = 2
} else {
  for (const question of questions) {
    if (names.length > 0 && !names.includes(question.name)) continue
    for (const size of sizes.length > 0 ? sizes : question.sizes) await measure(question, size)
  }
  if (given.includes('--write')) writePage()
}

/** Prints and keeps the tables of one question; one that cannot be measured is told, and the others are. */
async function measure({ name, measure: tables }: Question, size: number): Promise<void> {
  const start = Date.now()
  try {
    for await (const table of tables(size)) {
      process.stdout.write(`${'figures' in table ? formatFigures(table) : formatTable(table)}\n`)
      if (!('figures' in table)) remember(table)
    }
  } catch (error) {
    process.stderr.write(`${name} ${size}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
  process.stderr.write(`${name} ${size}: ${Math.round((Date.now() - start) / 1000)} s\n`)
}
