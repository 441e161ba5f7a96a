import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { readingTime, type ReadingTime } from '../../src/document/reading-time.ts'
import type { ObservationEntry } from '../../src/model/workspace.ts'
import type { CutRequest } from '../../src/observation/cut-request.ts'
import { readCut } from '../../src/observation/read-cut.ts'
import { memorySource } from '../support/memory-source.ts'

const fault = {
  code: 'ENGINE_DEADLINE',
  message:
    'environment `prod`: reading the documents took longer than 2 s; raise --timeout, or check fewer documents at a time',
}

/** Time that goes on by a second whenever the clock is looked at. */
function hurried(limitMs: number): ReadingTime {
  let now = 0
  return readingTime(limitMs, () => (now += 1000), 'environment `prod`')
}

t.test('only the work counts, and no work begins once the time is over', async (t) => {
  let now = 0
  const time = readingTime(2000, () => now, 'environment `prod`')
  const working = (milliseconds: number) => time.spend(() => time.spend(() => (now += milliseconds)))
  working(1500)
  now += 60_000
  t.equal(time.spent(), 1500)
  t.doesNotThrow(() => working(500))
  t.throws(() => working(1), fault)
  t.throws(() => time.spend(() => t.fail('is not begun')), fault)
})

t.test('reading ends between documents, and within one that is read carefully', async (t) => {
  const texts = ['a: 1\n---\n'.repeat(20), '{"a":1}\n'.repeat(20), `a: &b\n${'  - 1\n'.repeat(20)}`]
  for (const text of texts) {
    t.throws(() => readDocuments('a', Buffer.from(text), {}, hurried(2000)), fault)
    t.equal(readDocuments('a', Buffer.from(text), {}, hurried(200_000)).unreadable.length, 0)
  }
})

t.test('what one environment has no time for, another one reads', async (t) => {
  const cache: CutRequest['cache'] = new Map()
  const source = memorySource({ 'a.yaml': 'a: 1\n---\n'.repeat(20) })
  const entries: ObservationEntry[] = [{ files: ['a.yaml'], at: 'x' }]
  const cutIn = (seconds: number) =>
    readCut({ entries, environment: 'prod', source, now: new Date(0), time: hurried(seconds * 1000), cache })
  const [first, second] = await Promise.allSettled([cutIn(5), cutIn(500)])
  t.match([first, second], [{ status: 'rejected', reason: { code: 'ENGINE_DEADLINE' } }, { status: 'fulfilled' }])
})

t.test('a cut ends while objects are brought into form, and while it is joined', async (t) => {
  const manifest = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`
  const files = { 'a.yaml': Array.from({ length: 20 }, (_, index) => manifest(`c${index}`)).join('---\n') }
  const entries: ObservationEntry[] = [{ files: ['a.yaml'], adapter: 'kubernetes' }]
  const cutIn = (seconds: number) =>
    readCut({
      entries,
      environment: 'prod',
      source: memorySource(files),
      now: new Date(0),
      time: hurried(seconds * 1000),
    })
  const ends: string[] = []
  for (let seconds = 1; seconds < 70; seconds++) {
    await cutIn(seconds).then(
      () => ends.push('read'),
      ({ code }: { code: string }) => ends.push(code),
    )
  }
  const first = ends.indexOf('read')
  t.ok(first > 40, 'every document, every object and every step looks at the clock')
  t.same(new Set(ends.slice(0, first)), new Set(['ENGINE_DEADLINE']))
  t.same(new Set(ends.slice(first)), new Set(['read']))
})
