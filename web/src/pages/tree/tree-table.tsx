import type { Tree } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { Rows } from './rows.tsx'
import { treeKeys } from './tree-keys.ts'

/** The tree as a table, by path; arrow keys open, close and go through its rows. */
export function TreeTable({ level }: { level: Tree }) {
  return (
    <div class="panel flush tree">
      <table role="treegrid" aria-label={`Desired and observed state of ${environment.value}`}>
        <thead>
          <tr role="row">
            <th scope="col" role="columnheader">
              Path
            </th>
            <th scope="col" role="columnheader">
              Desired
            </th>
            <th scope="col" role="columnheader">
              Observed
            </th>
            <th scope="col" role="columnheader" class="by">
              From
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={treeKeys}>
          <Rows at="" level={level} depth={0} />
        </tbody>
      </table>
    </div>
  )
}
