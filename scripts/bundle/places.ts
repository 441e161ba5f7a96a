import { posix } from 'node:path'

/** In a bundled file: the URL of the bundle's main file. */
export const urlName = 'bundleUrl'

const threadUrl = /new URL\('(\.[^']*worker\.js)', import\.meta\.url\)/g

/**
 * A module's text for the bundle, which says of itself that it lies where it was compiled to: files of the package are
 * found from there as they always are. Only the scripts of threads are those of the bundle.
 */
export function anchored(text: string, name: string, threads: readonly string[]): string {
  const compiled = `../src/${name}`
  return text
    .replaceAll(threadUrl, (whole, script: string) => {
      const thread = posix.join(posix.dirname(name), script)
      return threads.includes(thread) ? `new URL('./${thread}', ${urlName})` : whole
    })
    .replaceAll('import.meta.url', `new URL('${compiled}', ${urlName}).href`)
}
