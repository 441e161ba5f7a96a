import { dataText } from '../document/data-reading.ts'
import type { Data, DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Given } from '../model/test-document.ts'
import type { NamedFile, ReportedAs } from '../observation/cut-request.ts'
import type { Source } from '../workspace/source.ts'
import type { Case } from './case.ts'
import { mapOf, observerOf } from './given-data.ts'
import { besideTest } from './place-of-test.ts'

/** What a case says was observed, as the files of a check; what is given says what it holds and no more, unless it says what it covers. */
export function givenFiles({ given, file, now }: Case, source: Source): readonly NamedFile[] {
  const { state, objects = [], snapshots = [], files = [] } = given
  const covers = coversOf(given)
  return [
    ...(state === undefined ? [] : [observed('the state given', mapOf(state), { adapter: 'plain', covers })]),
    ...objects.map((object, index) =>
      observed(`the object given ${index + 1}`, mapOf(object), {
        observer: 'the objects given',
        adapter: 'kubernetes',
        covers,
      }),
    ),
    ...snapshots.map((one, index) => {
      const snapshot = snapshotOf(one, now)
      const observer = observerOf(snapshot)
      return observed(`the snapshot given ${index + 1}`, snapshot, { observer, adapter: 'snapshot' })
    }),
    ...files.map((name) => {
      const found = besideTest(file, name) ?? name
      return { name: found, read: () => source.read(found) }
    }),
  ]
}

/** Where absence in state, objects and files is evidence. */
export function coversOf({ covers = 'objects' }: Given): NonNullable<Given['covers']> {
  return covers
}

/** A snapshot with what a test need not say: its version, a sequence, and a time. */
export function snapshotOf(given: object, now: Date | undefined): DataObject {
  const said = mapOf(given)
  const standard: readonly (readonly [string, Data])[] = [
    ['snapshot', 1],
    ['sequence', 1],
    ['observedAt', (now ?? new Date(0)).toISOString()],
  ]
  return dataMap([...standard, ...Object.entries(said)])
}

function observed(
  name: string,
  data: DataObject,
  reported: Omit<ReportedAs, 'observer'> & Partial<ReportedAs>,
): NamedFile {
  return {
    name,
    data,
    reported: { observer: name, ...reported },
    read: async () => ({ ok: true, bytes: Buffer.from(dataText(data)) }),
  }
}
