import { Fault } from '../errors.ts'
import { findingPage, pagesRoot } from '../model/page-address.ts'
import type { FindingPages } from '../report/format.ts'
import { isForServer } from './asking/options.ts'
import type { CommandContext, Option } from './command.ts'
import { textFlag, type Flags } from './flags.ts'

export const baseUrlOption: Option = {
  flags: '--base-url <url>',
  description:
    "where people see a server's pages, so that each finding links to its own; ends with `/w/NAME` where the workspace has another name there; default: CONGRUENT_BASE_URL",
}

export const pagesOption: Option = {
  flags: '--base-url <url>',
  description: 'where people see the pages; what webhooks are sent links there; default: CONGRUENT_BASE_URL',
}

export const pushPagesOption: Option = {
  flags: '--base-url <url>',
  description:
    "where people see the server's pages, for the links to them; default: CONGRUENT_BASE_URL, else the server",
}

/** Where the pages begin that are linked to: as the command line says, else the environment, else the server that is asked; undefined where none is known. */
export function baseUrlOf({ config }: Pick<CommandContext, 'config'>, flags: Flags): string | undefined {
  const flag = textFlag(flags, 'baseUrl')
  const text = flag ?? config.baseUrl
  if (text === undefined)
    return isForServer(flags) ? pagesRoot(textFlag(flags, 'server') ?? config.server ?? '') : undefined
  const root = pagesRoot(text)
  if (root !== undefined) return root
  throw new Fault(
    'USAGE',
    `\`${flag === undefined ? 'CONGRUENT_BASE_URL=' : '--base-url '}${text}\` is no address of pages: expected one such as \`https://congruent.example.com\`, without a name, query or fragment`,
  )
}

/** From a finding to its page, on a server that knows the workspace by the name of its own file, unless the address ends with another. */
export function findingPagesBelow(base: string | undefined, workspace: string): { readonly pageOf?: FindingPages } {
  if (base === undefined) return {}
  const [, root = base, name] = /^(.*)\/w\/([^/]+)$/.exec(base) ?? []
  return { pageOf: (finding) => findingPage(root, name === undefined ? workspace : decoded(name), finding) }
}

function decoded(label: string): string {
  try {
    return decodeURIComponent(label)
  } catch {
    return label
  }
}
