import { loadavg } from 'node:os'
import { join } from 'node:path'
import { batches, singles } from './http/bodies.ts'
import { loaded, type Load } from './http/load.ts'
import { ours, theirs } from './http/servers.ts'
import type { ServerProcess } from './http/server-process.ts'
import { rowOf } from './measure/compare.ts'
import type { Run } from './measure/run.ts'
import type { Row, Table } from './measure/table.ts'
import { missing, peer } from './peers/peers.ts'
import type { Question } from './question.ts'
import { inFolder } from './workspaces.ts'

const rounds = 5

/** How many small checks does a server answer, one a request and many a request? */
export const http: Question = {
  name: 'http',
  sizes: [20_000],
  async *measure(requests) {
    const opa = peer('opa')
    const absent = missing(['opa'])
    yield* await inFolder(async (folder) => {
      const own = await ours(join(folder, 'ours'))
      const other = opa === undefined ? undefined : await theirs(opa, join(folder, 'theirs'))
      try {
        const servers = { own, ...(other && { other }) }
        return [
          await tableOf(servers, {
            id: `http/${requests}`,
            title: `${requests} requests, one Deployment each, all conforming, 10 connections`,
            entities: requests,
            loads: singles(requests, 0),
            absent,
          }),
          await tableOf(servers, {
            id: `http-violating/${requests}`,
            title: `${requests} requests, one of a hundred violating, no two of these alike, 10 connections`,
            entities: requests,
            loads: singles(requests, 1),
            absent,
          }),
          await tableOf(servers, {
            id: `http-batch/${requests * 5}`,
            title: `${requests * 5} Deployments, all conforming, a hundred a request, 2 connections`,
            entities: requests * 5,
            loads: batches(requests / 20),
            absent,
          }),
        ]
      } finally {
        await Promise.all([own.stop(), other?.stop()])
      }
    })
  },
}

interface Servers {
  readonly own: ServerProcess
  readonly other?: ServerProcess
}

interface Asked extends Pick<Table, 'id' | 'title' | 'entities' | 'absent'> {
  readonly loads: { readonly own: Load; readonly other: Load }
}

/** The servers in turn, once uncounted and then so many rounds. */
async function tableOf({ own, other }: Servers, { loads, ...table }: Asked): Promise<Table> {
  const load = loadavg()[0] ?? 0
  const variants = [
    ...(other === undefined
      ? []
      : [{ name: 'opa run --server', server: other, load: loads.other, runs: new Array<Run>() }]),
    { name: 'congruent serve', server: own, load: loads.own, runs: new Array<Run>() },
  ]
  for (let round = 0; round <= rounds; round++) {
    for (const variant of variants) {
      const run = await loaded(variant.server, variant.load)
      if (round > 0) variant.runs.push(run)
    }
  }
  const rows = variants.map(({ name, runs }): Row => rowOf(name, runs))
  return { ...table, base: 'opa run --server', load, rows }
}
