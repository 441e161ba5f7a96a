import { didYouMean } from '../schema/did-you-mean.ts'

/** What is said of a name that no pack has, with the names there are and the one that was most likely meant. */
export function unknownPack(name: string, names: readonly string[]): string {
  const meant = didYouMean(name, names) ?? withoutArea(name, names)
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\``
  return `there is no pack \`${name}\`${hint}; there are ${names.map((known) => `\`${known}\``).join(', ')}`
}

/** The one pack that has such a name in its area: `pod-security` for `kubernetes/pod-security`. */
function withoutArea(name: string, names: readonly string[]): string | undefined {
  const typed = lastPart(name)
  const same = names.filter((known) => lastPart(known) === (didYouMean(typed, names.map(lastPart)) ?? typed))
  return same.length === 1 ? same[0] : undefined
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
