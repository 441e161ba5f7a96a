const limit = 1024

/** A text of at most 1 kB (of UTF-16 units, so of at least as many bytes), with a word of what was cut. */
export function cutText(text: string): string {
  if (text.length <= limit) return text
  const end = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit
  return `${text.slice(0, end)}… (cut: ${text.length - end} more characters)`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
