/** The first line of a comment, by which who posts it finds the one that it is to replace: `<!-- congruent:report shop -->`. */
export function marker(document: string, name: string): string {
  return `<!-- congruent:${document} ${name.replaceAll(/[^\w./-]/g, '_').replaceAll('--', '-_')} -->`
}

/** A block that is folded until a reader opens it. `summary` is HTML, the blocks are markdown. */
export function folded(summary: string, blocks: readonly string[]): string {
  return `<details>\n<summary>${summary}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`
}

/** A table; cells are markdown whose `|` are escaped. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
