import type { ReadingTime } from '../document/reading-time.ts'
import type { DataObject } from '../model/data.ts'
import type { Source } from '../workspace/source.ts'
import type { Dependencies } from './dependencies.ts'

/** Whose definitions are asked for. */
export interface DefinitionsInput {
  readonly source: Source
  /** Default: every environment, one after the other. */
  readonly environment?: string
  readonly time?: ReadingTime
}

/** The CustomResourceDefinitions among the fragments, which give objects of their kinds their form. No fragment is read where there are none. */
export async function definitions(
  { open }: Pick<Dependencies, 'open'>,
  { source, environment, time }: DefinitionsInput,
): Promise<readonly DataObject[]> {
  const opened = await open(source)
  const { read } = opened
  const given = Object.values(read.workspace.teams).flatMap((team) => team.fragments)
  if (!given.some((entry) => typeof entry !== 'string' && entry.as === 'crd')) return []
  const all: DataObject[] = []
  for (const name of read.environments)
    if ((environment ?? name) === name) all.push(...((await opened.fragments(name, time)).definitions ?? []))
  return all
}
