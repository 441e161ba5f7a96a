/** What is wrong with a glob that must stay in the workspace and be matched in reasonable time, and where in its text; undefined if nothing. */
export function globProblem(glob: string): { readonly message: string; readonly offset: number } | undefined {
  if (glob === '') return { message: 'is empty', offset: 0 }
  if (glob.length > 1000) return { message: 'is longer than 1,000 characters', offset: 1000 }
  const control = glob.search(/\p{Cc}/u)
  if (control >= 0) return { message: 'holds a control character', offset: control }
  if (/^(\/|[A-Za-z]:[\\/])/.test(glob))
    return { message: 'is absolute: write it relative to the workspace', offset: 0 }
  const backslash = glob.indexOf('\\')
  if (backslash >= 0) return { message: 'holds a backslash: folders are separated by `/`', offset: backslash }
  if (glob.startsWith('!')) return { message: 'starts with `!`: say what to take, not what to leave', offset: 0 }
  const parent = /(^|[/{,])\.\.($|[/},])/.exec(glob)
  if (parent) return { message: 'leaves the workspace with `..`', offset: parent.index + (parent[1] ?? '').length }
  let offset = 0
  let deep = 0
  for (const segment of glob.split('/')) {
    if (segment === '**') deep++
    else if (segment.split('*').length > 4) return { message: 'has more than three `*` in one name', offset }
    if (deep > 3) return { message: 'has more than three `**`', offset }
    offset += segment.length + 1
  }
  return undefined
}

/** Whether a path has characters that mean more than themselves in a glob: `*`, `?`, `[…]` and `{…}` do. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}]/.test(path)
}

/** The glob that matches a path and nothing else. */
export function literalGlob(path: string): string {
  return path.replaceAll(/[*?[{]/g, '[$&]').replaceAll('}', '[}]')
}
