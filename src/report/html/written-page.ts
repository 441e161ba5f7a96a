import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../errors.ts'
import { printable } from '../printable.ts'
import type { PageModel } from './page-model.ts'

const program = new URL('../../../../build/report/page.cjs', import.meta.url)

/** A page in one file: nothing is loaded by it and nothing runs. What writes it is the pages' own parts, loaded only now. */
export function writtenPage(page: PageModel): string {
  return rendering()(shownPlainly(page))
}

function rendering(): (page: PageModel) => string {
  try {
    // Only what our own build wrote lies there.
    const loaded = createRequire(import.meta.url)(fileURLToPath(program)) as {
      readonly renderPage: (page: PageModel) => string
    }
    return loaded.renderPage
  } catch (error) {
    throw new Fault('CONFIGURATION_INVALID', '`--format html` lacks a part of this package: install it again', {
      cause: error,
    })
  }
}

/** All texts of a page, with what would control or reorder them written as `\u{1b}`. */
function shownPlainly<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === 'string' ? printable(one) : one))
}
