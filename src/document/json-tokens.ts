/** The words of valid JSON text, one by one: numbers stay as they are written, and nothing recurses, however deep the text is. */
export function jsonTokens(json: string): readonly string[] {
  return Array.from(json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g), ([token]) => token)
}
