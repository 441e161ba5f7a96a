import { isDataObject } from '../../model/data.ts'
import type { Adapter } from './adapter.ts'
import { reportOf } from './document-report.ts'

/** What `terraform show -json` writes: each document is the tree of a state, or of what there will be after a plan. */
export const terraform: Adapter = {
  name: 'terraform',
  reading: {},
  // A state as Terraform keeps it is told what to do.
  recognises: (data) =>
    isDataObject(data) &&
    typeof data['terraform_version'] === 'string' &&
    ['values', 'planned_values', 'lineage'].some((label) => label in data),
  adapt: async (documents, _, time) => {
    const { projectTerraform } = await import('../../terraform/project.ts')
    const projected = time.spend(() => documents.map(projectTerraform))
    return {
      reports: projected.map(reportOf),
      unreadable: projected.flatMap(({ unreadable }) => unreadable),
      notes: [],
    }
  },
}
