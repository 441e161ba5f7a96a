import t from 'tap'
import { Decimal } from '../../../src/model/data.ts'
import { readJsonBody, readYamlBody } from '../../../src/http/reading/body.ts'
import { createYamlThreads } from '../../../src/http/reading/yaml-threads.ts'

const refusal = (read: () => unknown): string => {
  try {
    read()
    return ''
  } catch (error) {
    return String(error)
  }
}

t.test('JSON and YAML say the same, numbers exact', async (t) => {
  const json = readJsonBody(
    Buffer.from('{"a": [12345678901234567890, 0.10000000000000000001, 1.5], "__proto__": null}'),
  )
  t.strictSame(
    json.data,
    readYamlBody(Buffer.from('a: [12345678901234567890, 0.10000000000000000001, 1.5]\n__proto__: null'), 1000).data,
  )
  t.match(json.data, { a: [12345678901234567890n, new Decimal('0.10000000000000000001'), 1.5] })
  t.strictSame(json.locate?.(['a', '1']), { line: 1, column: 30 })
})

t.test('what cannot be read is told with its place, where that costs others nothing', async (t) => {
  t.match(
    refusal(() => readJsonBody(Buffer.from('{"a":\n x}'))),
    /cannot be read at line 2, column 2/,
  )
  t.match(
    refusal(() => readJsonBody(Buffer.from('{}\n{}'))),
    /holds 2 documents/,
  )
  t.match(
    refusal(() => readJsonBody(Buffer.from(`[${'{},'.repeat(100_000)}x`))),
    /no JSON document that can be read/,
  )
  t.match(
    refusal(() => readJsonBody(Buffer.from('['.repeat(1000)))),
    /deeper than 500 levels/,
  )
  t.match(
    refusal(() => readYamlBody(Buffer.from(''), 1000)),
    /the body is empty/,
  )
})

t.test('long YAML is read in threads, which end when they take too long or die', async (t) => {
  const threads = createYamlThreads(1, new URL('../../../src/http/reading/worker.js', import.meta.url))
  t.teardown(() => threads.close())
  const long = Buffer.from(Array.from({ length: 1000 }, (_, index) => `key${index}: 0.10000000000000000001`).join('\n'))
  const [first, second] = await Promise.all([threads.read(long, 5000), threads.read(long, 5000)])
  t.match(first.data, { key999: new Decimal('0.10000000000000000001') })
  t.strictSame(second.data, first.data)
  await t.rejects(async () => threads.read(Buffer.concat([long, Buffer.from('\n- x')]), 5000), { code: 'BODY_INVALID' })

  const silent = createYamlThreads(1, new URL('data:text/javascript,setInterval(() => 0, 1000)'))
  t.teardown(() => silent.close())
  await t.rejects(async () => silent.read(long, 1), { code: 'ENGINE_DEADLINE' })
  await t.rejects(async () => silent.read(long, 1), { code: 'ENGINE_DEADLINE' }, 'the next one has a thread of its own')
})
