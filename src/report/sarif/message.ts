/** A plain text as a message: what SARIF would take for a placeholder or a link in it stands for itself. */
export function sarifText(text: string): { readonly text: string } {
  return { text: text.replaceAll(/\{\d+\}/g, '{$&}').replaceAll(/(\\*)\[(?=[^\]]*\]\()/g, String.raw`$1$1\[`) }
}
