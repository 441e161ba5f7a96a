import type { Found } from './found.ts'

/** What the runs of one variant came to. */
export interface Row {
  readonly name: string
  readonly wall: number
  readonly cpu: number
  /** The least and the most CPU time of its runs. */
  readonly cpuFrom: number
  readonly cpuTo: number
  readonly memory: number
  readonly runs: number
  readonly found?: Found
  readonly p50?: number
  readonly p99?: number
}

/** One question at one size. */
export interface Table {
  /** `check/3000`: stable, for comparing. */
  readonly id: string
  readonly title: string
  /** How many services, documents or objects. */
  readonly entities: number
  /** The row that the others are compared with. */
  readonly base: string
  readonly rows: readonly Row[]
  /** What is not in the table, and why. */
  readonly absent: readonly string[]
  /** Load of the machine when it was begun. */
  readonly load: number
}

const requestHeader = ['each second', 'p50 ms', 'p99 ms'] as const
const header = ['', 'wall ms', 'wall ×', 'CPU ms', 'CPU ×', 'CPU from–to', 'µs each', 'MB', 'found', 'runs'] as const

/** The table as Markdown, its columns aligned for reading as text, too. */
export function formatTable(table: Table): string {
  const base = table.rows.find(({ name }) => name === table.base)
  const ofRequests = table.rows.some(({ p99 }) => p99 !== undefined)
  const cells = table.rows.map((row) => [
    row === base ? `**${row.name}**` : row.name,
    milliseconds(row.wall),
    ratio(row.wall, base?.wall),
    milliseconds(row.cpu),
    ratio(row.cpu, base?.cpu),
    `${milliseconds(row.cpuFrom)}–${milliseconds(row.cpuTo)}`,
    table.entities === 1 ? '' : milliseconds((row.cpu * 1000) / table.entities),
    row.memory.toFixed(0),
    foundIn(row.found),
    String(row.runs),
    ...(ofRequests ? requestCells(row, table.entities) : []),
  ])
  const head = ofRequests ? [...header, ...requestHeader] : header
  const shown = [head, head.map((_, column) => (column === 0 ? '-' : '-:')), ...cells]
  const absent = table.absent.map((line) => `- ${line}`)
  const load = `load ${table.load.toFixed(1)}`
  return [`### ${table.title}`, '', ...aligned(shown), '', `\`${table.id}\`, ${load}`, '', ...absent, ''].join('\n')
}

function requestCells({ wall, p50 = NaN, p99 = NaN }: Row, entities: number): readonly string[] {
  return [((entities * 1000) / wall).toFixed(0), p50.toFixed(0), p99.toFixed(0)]
}

/** Rows of cells as lines of a Markdown table: the first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const widths = (rows[0] ?? []).map((_, column) => width(column))
  return rows.map((row, line) => {
    const cells = row.map((cell, column) => {
      const fill = line === 1 ? '-' : ' '
      const by = widths[column] ?? 0
      return column === 0 ? cell.padEnd(by, fill) : cell.padStart(by, fill)
    })
    return `| ${cells.join(' | ')} |`
  })
}

/** Milliseconds with three figures that count. */
export function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)
}

function ratio(value: number, base: number | undefined): string {
  return base === undefined || base === 0 ? '' : (value / base).toFixed(2)
}

function foundIn(found: Found | undefined): string {
  if (found === undefined) return ''
  const { right, of, wrong } = found
  const share = right === of ? `all ${of}` : `**${right} of ${of}**`
  return wrong === 0 ? share : `${share}, **${wrong} false**`
}
