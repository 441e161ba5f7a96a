/** A JSON text, or a number; what is in strings is skipped. */
const token = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*/g

/** Whether JavaScript reads every number of a JSON text as exactly what it says; a number in an unusual notation counts as one it does not. */
export function hasExactNumbers(json: string): boolean {
  for (const [text] of json.matchAll(token)) {
    if (!text.startsWith('"') && String(Number(text)) !== text) return false
  }
  return true
}
