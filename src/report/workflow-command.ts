/** A command to GitHub's runner, `::error file=…,line=…::message`, on one line. Properties that are undefined are left out; lines of the message are kept. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escaped(String(value), /[%\r\n:,]/g)}`],
  )
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escaped(message, /[%\r\n]/g)}`
}

function escaped(text: string, what: RegExp): string {
  return text.replaceAll(what, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}
