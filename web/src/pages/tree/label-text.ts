/** A label as CUE writes it in a path: the end of the path's text. */
export function labelText({ at, label }: { readonly at: string; readonly label: string }): string {
  if (at.endsWith(']')) return `[${label}]`
  return at.endsWith('"') ? JSON.stringify(label) : label
}
