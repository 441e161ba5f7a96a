import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { environmentAsked, moment } from '../address/lens.ts'
import { type Answered, useAnswer } from '../api/answer.ts'
import type { AnswerOf } from '../api/ask.ts'

// What every page of a workspace needs to know: its environments and their verdicts, its teams.

export type Verdicts = AnswerOf<'getVerdict'>
export type Teams = AnswerOf<'listTeams'>['items']

/** The environments, in the order of the workspace's own file. */
export const environments = signal<readonly string[]>([])
/** Of the moment that is looked at. */
export const verdicts = signal<Verdicts | undefined>(undefined)
export const teams = signal<Teams>([])
/** Who ever reported, as of now; undefined: not known. */
const observers = signal<AnswerOf<'listObservers'>['items'] | undefined>(undefined)

/** The environment that is looked at: the one of the address, else the workspace's last. Undefined until that is known. */
export const environment = computed(() => environmentAsked.value ?? environments.value.at(-1))

/** Asks for all of it; the first component of a workspace does. */
export function useWorkspace(name: string): Answered<Verdicts> {
  const params = { workspace: name }
  const document = useAnswer('getWorkspace', { params })
  const verdict = useAnswer('getVerdict', { params, query: { at: moment.value } })
  const team = useAnswer('listTeams', { params })
  useEffect(() => {
    const named = Object.keys(document.value?.document.environments ?? {})
    // Where the workspace names none there is one, and the verdict says what it is called.
    environments.value = named.length > 0 ? named : (verdict.value?.environments.map(({ name }) => name) ?? [])
  }, [document.value, verdict.value])
  const observer = useAnswer('listObservers', { params })
  useEffect(() => {
    observers.value = observer.value?.items
    if (observer.value !== undefined || observer.problem !== undefined) verdicts.value = asSeen(verdict.value)
  }, [verdict.value, observer.value, observer.problem])
  useEffect(() => {
    if (team.value !== undefined) teams.value = team.value.items
  }, [team.value])
  return verdict
}

/** Whether surely nobody ever reported anything of an environment. */
export function isUnseen(name: string): boolean {
  const items = observers.value
  if (items === undefined || moment.value !== undefined) return false
  return items.every(({ environment: of }) => of !== undefined && of !== name)
}

/** Whether what was observed of an environment is on its way to its first check: what is known now was said before anything was seen. */
export function isFirstLook({ name, pending, snapshots = 0 }: Verdicts['environments'][number]): boolean {
  return pending && snapshots === 0 && moment.value === undefined && !isUnseen(name)
}

/** Where nobody looked, nothing that is demanded can be broken: that is no conforming. */
function asSeen(answer: Verdicts | undefined): Verdicts | undefined {
  if (answer === undefined) return undefined
  return {
    ...answer,
    environments: answer.environments.map((one) =>
      one.verdict === 'conforms' && isUnseen(one.name) ? { ...one, verdict: 'undecided' } : one,
    ),
  }
}

/** How to reach a team. */
export function contactOf(team: string): string | undefined {
  return teams.value.find(({ name }) => name === team)?.contact
}
