import { parsePathTemplate } from '../model/path.ts'
import { workspaceFile } from '../workspace/workspace-file.ts'
import type { LintedWorkspace, WorkspaceLint } from './linted.ts'
import { readsObserved, statesPath } from './stated.ts'

/** Entries of `observations` whose state is put where no fragment says anything, so that nothing of it is ever checked. */
export function observationLints({ read, environments }: LintedWorkspace): readonly WorkspaceLint[] {
  const entries = read.workspace.observations ?? []
  return entries.flatMap(({ at, environment, files }, index): readonly WorkspaceLint[] => {
    if (at === undefined || at === '') return []
    const about = environments.filter(({ name }) => (environment ?? name) === name)
    const path = parsePathTemplate(at, ['file', 'stem', 'index'])
    const pattern = path.map((label) => (/\{(?:file|stem|index)\}/.test(label) ? null : label))
    if (about.some((linted) => statesPath(linted, pattern) || readsObserved(linted))) return []
    const what = files.length === 0 ? 'what is observed' : files.map((file) => `\`${file}\``).join(', ')
    return [
      {
        lint: 'unchecked-observation',
        message: `${what} is put at \`${at}\`, where no fragment says anything, so that nothing of it is checked: most likely \`at\` is mistyped, or a fragment is missing`,
        path: pattern.map((label) => label ?? '*'),
        at,
        place: { file: workspaceFile, ...read.locate(['observations', String(index), 'at']) },
        environments: about.map(({ name }) => name),
      },
    ]
  })
}
