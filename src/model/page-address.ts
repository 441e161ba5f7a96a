/** Where the pages of a server begin, without a slash at the end; undefined where a text names no such address: http or https, and neither a name with a password, nor a query, nor a fragment. */
export function pagesRoot(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, search, hash, origin, pathname } = new URL(text)
  if (!/^https?:$/.test(protocol) || username + password + search + hash !== '') return undefined
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** The overview of a workspace, of one environment where one is named. */
export function workspacePage(root: string, workspace: string, environment?: string): string {
  return `${root}/w/${part(workspace)}${environment === undefined ? '' : inEnvironment(environment)}`
}

/** The page of a finding. It stays the same while the finding does, and after that says since when it is no longer found. */
export function findingPage(
  root: string,
  workspace: string,
  { fingerprint, environment }: { readonly fingerprint: string; readonly environment: string },
): string {
  return `${workspacePage(root, workspace)}/findings/${fingerprint}${inEnvironment(environment)}`
}

/** The page on which a proposal is looked at. */
export function proposalPage(root: string, workspace: string, proposal: string): string {
  return `${workspacePage(root, workspace)}/review/${part(proposal)}`
}

function inEnvironment(environment: string): string {
  return `?env=${part(environment)}`
}

/** A label of an address; a lone surrogate, which has no bytes, is U+FFFD. */
function part(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
}
