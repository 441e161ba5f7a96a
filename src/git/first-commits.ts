import { gitOutput } from './git.ts'
import type { Repository } from './repository.ts'

/**
 * When each of several words first came into files, by the history of these files under their names of now: RFC 3339 by word. In a shallow clone, where
 * that cannot be told, and for words that are not committed, nothing.
 */
export async function firstCommits(
  { git, folder, shallow }: Repository,
  files: readonly string[],
  words: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>()
  if (shallow || files.length === 0 || words.length === 0) return first
  const how = ['--reverse', '--format=%x00%cI', '--patch', '--unified=0', '--no-color', '--no-renames']
  const args = ['log', ...how, '--no-ext-diff', '--no-textconv', '--end-of-options', 'HEAD', '--', ...files]
  const text = (await gitOutput(git, folder, args)).toString('utf8')
  const left = new Map(words.map((word) => [word, wordPattern(word)]))
  for (const commit of text.split('\0').slice(1)) {
    const [date = '', ...lines] = commit.split('\n')
    const added = lines.filter((line) => line.startsWith('+') && !line.startsWith('+++ ')).join('\n')
    for (const [word, pattern] of left) {
      if (!pattern.test(added)) continue
      first.set(word, new Date(date).toISOString())
      left.delete(word)
    }
  }
  return first
}

/** A word that is no part of a longer one. */
function wordPattern(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}_-])`, 'u')
}
