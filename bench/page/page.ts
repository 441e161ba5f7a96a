import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { formatTable, type Table } from '../measure/table.ts'
import { peer, peers } from '../peers/peers.ts'
import { root } from '../root.ts'
import { curveLines } from './curves.ts'
import { goalLines } from './goal-lines.ts'
import { results } from './results.ts'

/** Writes docs/performance.md: the text of the template, and what was measured in its place. */
export function writePage(): void {
  const template = readFileSync(join(root, 'bench/page/template.md'), 'utf8')
  const { commit, date, tables } = results()
  const parts: Readonly<Record<string, string>> = {
    machine: machineLines(commit, date).join('\n'),
    goals: goalLines(tables).join('\n'),
    tables: tables.map((table: Table) => formatTable(table).trim()).join('\n\n'),
    curves: curveLines(tables).join('\n').trim(),
  }
  const page = template.replaceAll(/^\{(machine|goals|tables|curves)\}$/gm, (_, part: string) =>
    [`<!-- written by the benchmarks: ${part} -->`, '', parts[part] ?? '', '', `<!-- end of ${part} -->`].join('\n'),
  )
  writeFileSync(join(root, 'docs/performance.md'), page)
}

function machineLines(commit: string, date: string): readonly string[] {
  const [first] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const versions = peers.map(({ name, version }) =>
    peer(name) === undefined ? `${name} not installed` : `${name} ${version}`,
  )
  return [
    `- ${date}, commit \`${commit}\``,
    `- ${cpus().length} × ${first?.model ?? 'unknown processor'}, ${memory} GiB, ${process.platform} ${process.arch}`,
    `- Node ${process.version.slice(1)}, ${goVersion()}`,
    `- ${versions.join(' · ')}`,
  ]
}

function goVersion(): string {
  const asked = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' })
  return asked.status === 0 ? `Go ${asked.stdout.trim().slice(2)}` : 'no Go'
}
