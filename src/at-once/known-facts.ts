import { judgesAtOnce } from '../acceptance/metered/judge.ts'
import { patternsOf } from '../evaluation/accepting.ts'
import type { Quick, QuickFacts } from '../evaluation/quick.ts'
import type { KnownAtOnce } from '../operations/check-at-once.ts'

/** Of rests of states only those in which nothing was found. */
export type QuickGiven = Omit<QuickFacts, 'rests'> & { readonly empty: readonly string[] }

/** What checks at once hang on, as data that another thread or process can be given. */
export type KnownFacts = KnownAtOnce<QuickGiven>

/** What can be given of what is known. */
export function factsOf(known: KnownAtOnce): KnownFacts {
  return { ...known, environments: known.environments.map((one) => ({ ...one, quick: givenOf(one.quick) })) }
}

/** What checks at once can be answered from again; undefined where the rules are too large for that. */
export function knownOf(facts: KnownFacts): KnownAtOnce | undefined {
  const environments: KnownAtOnce['environments'][number][] = []
  for (const one of facts.environments) {
    const quick = quickOf(one.quick)
    if (quick === undefined) return undefined
    environments.push({ ...one, quick })
  }
  return { ...facts, environments }
}

/** Names for what is known, equal only where all of it is, as long as somebody holds it. */
export function knownNames(): (known: KnownAtOnce) => string {
  const named = new WeakMap<KnownAtOnce, number>()
  let count = 0
  return (known) => {
    const name = named.get(known) ?? (count += 1)
    named.set(known, name)
    return [name, ...known.environments.map(({ quick }) => quick.version)].join('.')
  }
}

function givenOf({ plan, readsObserved, version, rests }: Quick): QuickGiven {
  const empty = Array.from(rests).flatMap(([text, findings]) => (findings.length === 0 ? [text] : []))
  return { plan, readsObserved, version, empty }
}

function quickOf({ empty, ...facts }: QuickGiven): Quick | undefined {
  const accepts = judgesAtOnce(patternsOf(facts.plan))
  return accepts && { ...facts, accepts, rests: new Map(empty.map((text) => [text, []])) }
}
