import type { Adapter } from './adapter.ts'

/** Any YAML or JSON: each document is state as it stands. */
export const plain: Adapter = {
  name: 'plain',
  reading: {},
  recognises: () => true,
  adapt: (documents) => ({
    reports: documents.map((document) => ({
      state: document.data,
      files: [document.file],
      objects: [],
      origin: (path) => ({ document, pointer: path }),
    })),
    unreadable: [],
    notes: [],
  }),
}
