import { useEffect } from 'preact/hooks'
import { moment, workspace } from '../address/lens.ts'
import type { Answered } from '../api/answer.ts'
import { ask } from '../api/ask.ts'
import { noteNews, takeNews } from '../api/live.ts'
import { environment, isFirstLook, type Verdicts } from './workspace.ts'

const lookMs = 2000

/**
 * Looks for the end of a check that is on its way. What was never seen before is shown by itself then, as nobody reads anything yet; what
 * changed else is told of.
 */
export function usePending(shown: Answered<Verdicts>): void {
  const name = environment.value
  const before = verdictOf(shown.value, name)
  const isPending = moment.value === undefined && before?.pending === true
  useEffect(() => {
    if (!isPending || before === undefined) return undefined
    const end = new AbortController()
    let timer = setTimeout(() => void look(), lookMs)
    const look = async (): Promise<void> => {
      const answer = await ask('getVerdict', { params: { workspace: workspace.value } }, end.signal).catch(
        () => undefined,
      )
      if (end.signal.aborted) return
      const now = verdictOf(answer, name)
      if (now === undefined || now.pending) timer = setTimeout(() => void look(), lookMs)
      else if (isFirstLook(before)) takeNews()
      else if (now.verdict === before.verdict && JSON.stringify(now.counts) === JSON.stringify(before.counts))
        shown.again()
      else noteNews()
    }
    return () => {
      clearTimeout(timer)
      end.abort()
    }
  }, [isPending, name, shown.value])
}

function verdictOf(
  verdicts: Verdicts | undefined,
  name: string | undefined,
): Verdicts['environments'][number] | undefined {
  return verdicts?.environments.find((one) => one.name === name)
}
