/** Languages that code is coloured in. */
export type Language = 'cue' | 'yaml' | 'json'

const byEnding: Readonly<Record<string, Language>> = { cue: 'cue', yaml: 'yaml', yml: 'yaml', json: 'json' }

/** The language of a file by the end of its name; undefined: shown as it is. */
export function languageOf(file: string): Language | undefined {
  const ending = /\.([a-z]+)$/.exec(file)?.[1] ?? ''
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined
}
