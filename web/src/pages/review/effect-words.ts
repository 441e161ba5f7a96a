import type { ListedProposal } from '../../api/operations.ts'
import { counted } from '../../parts/panel.tsx'
import { directionWords } from './meanings.ts'

/** What a proposal comes to, in a sentence of all environments. */
export function effectWords(effect: ListedProposal['effect']): string {
  const { conflicts, violating, undecided, resolved, tighter, looser, otherwise, defaults } = effect
  const parts = [
    ...(conflicts > 0 ? [counted(conflicts, 'new conflict')] : []),
    ...(violating > 0 ? [`${counted(violating, 'path')} would newly violate`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'path')} could no longer be decided`] : []),
    ...(resolved > 0 ? [`${counted(resolved, 'finding')} would be gone`] : []),
  ]
  const isSame = tighter + looser + otherwise + defaults === 0
  const direction = isSame ? 'Nothing of what is desired changes' : `It ${directionWords('what is desired', effect)}`
  return `${direction}: ${parts.length === 0 ? 'nothing that is observed is hit' : parts.join(', ')}.`
}
