import type { Adapter } from './adapter.ts'
import { reportOf } from './document-report.ts'

/** Compose files: each document is the tree of its services, networks, volumes, configs and secrets. */
export const compose: Adapter = {
  name: 'compose',
  reading: { mergeKeys: 'keep' },
  // Its top fields are anybody's words: nothing tells a Compose file from plain data.
  recognises: () => false,
  adapt: async (documents, _, time) => {
    const { projectCompose } = await import('../../compose/project.ts')
    const projected = time.spend(() => documents.map(projectCompose))
    return {
      reports: projected.map(reportOf),
      unreadable: projected.flatMap(({ unreadable }) => unreadable),
      notes: projected.flatMap(({ notes }) => notes),
    }
  },
}
