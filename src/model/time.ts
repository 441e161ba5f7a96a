/** Milliseconds since 1970 of an RFC 3339 time, also in lower case and with a leap second; NaN if there is no such time. */
export function timeOf(text: string): number {
  if (usual.test(text)) return Date.parse(text)
  return Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(/^(.{17})60/, '$159'),
  )
}

/** As nearly all times are written. */
const usual = /^[\d-]{10}T[\d:]{6}[0-5]\d(?:\.\d+)?Z$/

/** Whether a text is an RFC 3339 time that there is, as the schema of snapshots asks. */
export function isTime(text: string): boolean {
  return shape.test(text) && !Number.isNaN(timeOf(text))
}

const shape =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,18})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
