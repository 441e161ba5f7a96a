import { deployments, type Deployment } from '../deployments.ts'
import type { Load } from './load.ts'

const { documents, wrong } = deployments(1000)
const fine = documents.filter(({ metadata }) => !wrong.has(metadata.name))
const violating = documents.filter(({ metadata }) => wrong.has(metadata.name))

const inBatch = 100

interface Loads {
  readonly own: Load
  readonly other: Load
}

/** One Deployment a request; of a hundred so many violate the policy, and none of these is sent twice. */
export function singles(requests: number, percent: number): Loads {
  const isWrong = (number: number): boolean => number % 100 < percent
  const common = { connections: 10, requests, type: 'application/json' }
  const [own, other] = [documentsOf(isWrong), documentsOf(isWrong)]
  const [ownTexts, otherTexts] = [
    fine.map((seen) => checkOf([seen])),
    fine.map((seen) => JSON.stringify({ input: seen })),
  ]
  return {
    own: {
      ...common,
      path: '/v1/check',
      body: (number) => (isWrong(number) ? checkOf([own(number)]) : (ownTexts[number % fine.length] ?? '')),
      check: (status, body, number) => {
        const verdict = isWrong(number) ? 'violates' : 'conforms'
        expect(status === 200 && body.includes(`"verdict":"${verdict}"`), body)
      },
    },
    other: {
      ...common,
      path: '/v1/data/main/deny',
      body: (number) =>
        isWrong(number) ? JSON.stringify({ input: other(number) }) : (otherTexts[number % fine.length] ?? ''),
      check: (status, body, number) => expect(status === 200 && body.includes('breaks') === isWrong(number), body),
    },
  }
}

/** A hundred conforming Deployments a request: lines for us, an array for the other. */
export function batches(requests: number): Loads {
  const groups = Array.from({ length: 9 }, (_, index) => fine.slice(index * inBatch, (index + 1) * inBatch))
  const common = JSON.stringify({ common: { workspace: 'deployments' } })
  const lines = groups.map((group) => [common, ...group.map((seen) => snapshotsOf([seen]))].join('\n'))
  const inputs = groups.map((group) => JSON.stringify({ input: group }))
  const shared = { connections: 2, requests }
  return {
    own: {
      ...shared,
      path: '/v1/check/batch',
      type: 'application/x-ndjson',
      body: (number) => lines[number % lines.length] ?? '',
      check: (status, body) =>
        expect(status === 200 && body.split('"verdict":"conforms","environments"').length === inBatch + 1, body),
    },
    other: {
      ...shared,
      path: '/v1/data/main/deny',
      type: 'application/json',
      body: (number) => inputs[number % inputs.length] ?? '',
      check: (status, body) => expect(status === 200 && !body.includes('breaks'), body),
    },
  }
}

/** The document of a request, which is another one each time it is wrong. */
function documentsOf(isWrong: (number: number) => boolean): (number: number) => Deployment {
  let made = 0
  return (number) => {
    const found = isWrong(number) ? violating[made % violating.length] : fine[number % fine.length]
    if (found === undefined || !isWrong(number)) return found ?? documentOf()
    const copy = structuredClone(found)
    made += 1
    // A label that the policy looks at.
    copy.metadata.labels.app = `${copy.metadata.labels.app}-${made}`
    return copy
  }
}

function documentOf(): Deployment {
  throw new Error('there is no document')
}

function checkOf(several: readonly Deployment[]): string {
  return `{"workspace":"deployments",${snapshotsOf(several).slice(1)}`
}

function snapshotsOf(several: readonly Deployment[]): string {
  const deployed = Object.fromEntries(several.map((seen) => [seen.metadata.name, seen]))
  const snapshot = {
    snapshot: 1,
    observer: 'agent',
    sequence: 1,
    observedAt: '2026-05-01T12:00:00Z',
    state: { deployments: deployed },
  }
  return JSON.stringify({ snapshots: [snapshot] })
}

function expect(holds: boolean, body: string): void {
  if (!holds) throw new Error(`not the answer: ${body.slice(0, 300)}`)
}
