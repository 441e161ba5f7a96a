/** Milliseconds since 1970 of an RFC 3339 time, also in lower case and with a leap second; NaN if there is no such time. */
export function timeOf(text: string): number {
  return Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(/^(.{17})60/, '$159'),
  )
}
