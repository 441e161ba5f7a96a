import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { demand } from './access/access.ts'
import type { Asked } from './route.ts'

/** What a body or a line says, where the asker has the scope for the stored workspace that it names, if it names one. */
export function permitted(
  data: Data | undefined,
  asked: Pick<Asked, 'may' | 'subject'>,
  verb: 'check' | 'read',
): DataObject {
  const sent = data !== undefined && isDataObject(data) ? data : {}
  const { workspace } = sent
  if (typeof workspace !== 'string') return sent
  demand(asked, `${verb}:${workspace}`)
  return sent
}
