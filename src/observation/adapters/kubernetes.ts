import { isDataObject, type Data } from '../../model/data.ts'
import type { Adapter } from './adapter.ts'

/** Manifests and listings of Kubernetes objects: all documents of an entry are what one cluster holds. */
export const kubernetes: Adapter = {
  name: 'kubernetes',
  reading: { yaml: '1.1', duplicateKeys: 'last' },
  recognises: (data) => isManifest(data) || (Array.isArray(data) && data.some(isManifest)),
  adapt: async (documents, settings, time) => {
    // The tables of Kubernetes' types are large: who has no manifests does not wait for them.
    const { projectKubernetes } = await import('../../kubernetes/project.ts')
    const projected = time.spend(() => projectKubernetes(documents, { ...settings, time }))
    const { state, origin, masked, applied, kindPatterns, objectPaths, unreadable, notes } = projected
    const files = [...new Set(documents.map(({ file }) => file))]
    return {
      reports: [{ state, files, masked, applied, objects: objectPaths, kinds: kindPatterns, origin }],
      unreadable,
      notes,
    }
  },
}

function isManifest(data: Data): boolean {
  return isDataObject(data) && typeof data['apiVersion'] === 'string' && typeof data['kind'] === 'string'
}
