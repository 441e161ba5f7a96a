import { Fault } from '../../errors.ts'
import type { PackParameter, ShownPack } from '../../model/pack.ts'
import { parsePath } from '../../model/path.ts'
import { packNames, readPack } from '../../packs/read-pack.ts'
import { unknownPack } from '../../packs/unknown-pack.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { explain } from '../explain.ts'
import { rules } from '../rules.ts'
import { packWorkspace } from './pack-workspace.ts'

/** Which pack is to be shown. */
export interface ShowPackInput extends RequestOptions {
  /** `kubernetes/pod-security` */
  readonly name: string
}

/** A pack with its parameters and rules, as the engine reads them from its CUE. Rejects with USAGE where there is no such pack. */
export async function showPack(dependencies: Dependencies, input: ShowPackInput): Promise<ShownPack> {
  const { name, ...options } = input
  const names = await packNames(packWorkspace([]))
  if (!names.includes(name)) {
    throw new Fault('USAGE', unknownPack(name, names))
  }
  const source = packWorkspace([name])
  const pack = await readPack(name, source)
  if (pack === undefined) throw new Fault('INTERNAL', `the pack \`${name}\` went away while it was read`)
  const listed = await rules(dependencies, { ...options, source })
  const { parameters, ...said } = pack
  const members: PackParameter[] = []
  for (const [label, meaning] of Object.entries(parameters?.members ?? {})) {
    const path = parsePath(`${parameters?.definition}.${label}`)
    const { explanation } = await explain(dependencies, { ...options, source, path })
    const { value, default: standard = value, conjuncts } = explanation
    const takes = conjuncts.map(({ text }) => text ?? '').join(' & ')
    members.push({ name: label, takes, ...(standard === undefined ? {} : { default: standard }), meaning })
  }
  return {
    ...said,
    ...(parameters === undefined ? {} : { parameters: { definition: parameters.definition, members } }),
    rules: listed
      .filter(({ explicit }) => explicit)
      .map(({ id, title = '', severity, docs }) => ({
        id,
        title,
        severity: severity.ci,
        ...(docs === undefined ? {} : { docs }),
      })),
  }
}
