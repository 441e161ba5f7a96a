import { printable } from './printable.ts'

/** A command to the agent of Azure Pipelines, `##vso[task.logissue type=error;…]message`, on one line. Properties that are undefined are left out. */
export function loggingCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escaped(String(value), /[%\r\n;\]]/g)};`],
  )
  return `##vso[${name}${given.length === 0 ? '' : ` ${given.join('')}`}]${escaped(message, /[%\r\n]/g)}`
}

/** A line of the log in which the agent finds no command: it looks for them anywhere in a line. */
export function loggedLine(text: string): string {
  return printable(text).replaceAll(/#(?=#)/g, '# ')
}

function escaped(text: string, what: RegExp): string {
  return text.replaceAll(what, (character) =>
    character === '%' ? '%AZP25' : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
