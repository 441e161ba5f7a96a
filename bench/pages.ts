import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import type { Figures } from './measure/figures.ts'
import { median } from './measure/statistics.ts'
import { type PageTimes, timesOf } from './pages/in-browser.ts'
import { serverWith } from './pages/large-workspace.ts'
import type { Question } from './question.ts'
import { root } from './root.ts'
import { inFolder } from './workspaces.ts'

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) =>
  existsSync(one),
)
const rounds = 3

/** Addresses, and how often more rows are asked for there. */
const pages = [
  ['overview', '/w/large', 0],
  ['findings', '/w/large/findings', 10],
  ['findings by path', '/w/large/findings?sort=path', 10],
  ['tree', '/w/large/tree', 0],
  ['tree, a level open', '/w/large/tree?open=services', 10],
  ['tree, searched', '/w/large/tree?open=services&q=*.replicas', 5],
] as const
const answers = [
  '/verdict',
  '/verdict/timeline',
  '/findings?limit=200&sort=severity&facets=true',
  '/findings?limit=200&q=s399&facets=true',
  '/tree?unfold=deviating',
  '/tree?path=services&limit=200',
  '/tree?path=services&limit=200&after=s3&show=deviating',
  '/tree?unfold=deviating&q=*.replicas',
] as const

/** How quick are the pages with many findings, and a tree of twice as many fields? */
export const pagesInBrowser: Question = {
  name: 'pages',
  sizes: [10_000],
  async *measure(findings) {
    yield sizes()
    if (program === undefined) throw new Error('no Chromium is here')
    const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
    try {
      yield* await inFolder(async (folder) => {
        const server = await serverWith(findings, folder)
        try {
          return [await answered(server.address, findings), await shown(browser, server.address, findings)]
        } finally {
          await server.stop()
        }
      })
    } finally {
      await browser.close()
    }
  },
}

/** What a browser has to fetch before it shows anything. */
function sizes(): Figures {
  const folder = join(root, 'build/web/assets')
  const figures = readdirSync(folder)
    .toSorted()
    .map((name) => {
      const bytes = readFileSync(join(folder, name))
      return [name, kilobytes(bytes.length), kilobytes(gzipSync(bytes).length)]
    })
  return { title: 'Files of the pages', head: ['', 'kB', 'gzip kB'], figures, load: loadavg()[0] ?? 0 }
}

async function answered(address: string, findings: number): Promise<Figures> {
  const load = loadavg()[0] ?? 0
  const figures: string[][] = []
  for (const path of answers) {
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round <= rounds; round++) {
      const start = performance.now()
      const answer = await fetch(`${address}/v1/workspaces/large${path}`)
      bytes = (await answer.arrayBuffer()).byteLength
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      times.push(performance.now() - start)
    }
    const [first = NaN, ...others] = times
    figures.push([`\`${path}\``, first.toFixed(0), median(others).toFixed(0), kilobytes(bytes)])
  }
  return { title: `Answers, ${findings} findings`, head: ['', 'first ms', 'later ms', 'kB'], figures, load }
}

async function shown(browser: Browser, address: string, findings: number): Promise<Figures> {
  const load = loadavg()[0] ?? 0
  const figures: string[][] = []
  for (const [name, path, more] of pages) {
    const runs: PageTimes[] = []
    for (let round = 0; round < rounds; round++) runs.push(await timesOf(browser, `${address}${path}`, more))
    const middle = (of: keyof PageTimes): string => median(runs.map((run) => run[of])).toFixed(0)
    figures.push([name, middle('rows'), middle('scrolling'), more === 0 ? '' : middle('adding'), middle('task')])
  }
  return {
    title: `Pages in Chromium, ${findings} findings, milliseconds`,
    head: ['', 'first rows', 'longest frame, scrolling', 'longest frame, more rows', 'longest task'],
    figures,
    load,
  }
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}
