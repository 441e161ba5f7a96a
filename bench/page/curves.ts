import { aligned, milliseconds, type Table } from '../measure/table.ts'

/** What each entity costs at each size, in microseconds of CPU, and what each further one costs between the last two sizes. */
export function curveLines(tables: readonly Table[]): readonly string[] {
  const question = ({ id }: Table): string => id.slice(0, id.lastIndexOf('/'))
  const names = new Set(tables.filter(({ id }) => /\/\d+$/.test(id)).map(question))
  return Array.from(names).flatMap((name) => {
    const sized = tables.filter((table) => question(table) === name).toSorted((a, b) => a.entities - b.entities)
    return sized.length < 2 ? [] : [`### ${name}`, '', ...curve(sized), '']
  })
}

function curve(sized: readonly Table[]): readonly string[] {
  const names = [...new Set(sized.flatMap(({ rows }) => rows.map(({ name }) => name)))]
  const head = ['µs each', ...sized.map(({ entities }) => String(entities)), 'each further']
  const rows = names.map((name) => {
    const points = sized.map((table) => ({
      entities: table.entities,
      cpu: table.rows.find((row) => row.name === name)?.cpu,
    }))
    const costs = points.map(({ entities, cpu }) => (cpu === undefined ? '' : perEntity(cpu, entities)))
    const [before, last] = points.slice(-2)
    const further =
      before?.cpu === undefined || last?.cpu === undefined
        ? ''
        : perEntity(last.cpu - before.cpu, last.entities - before.entities)
    return [name, ...costs, further]
  })
  return aligned([head, head.map((_, column) => (column === 0 ? '-' : '-:')), ...rows])
}

function perEntity(cpu: number, entities: number): string {
  return milliseconds((cpu * 1000) / entities)
}
