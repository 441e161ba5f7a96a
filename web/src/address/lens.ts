import { computed } from '@preact/signals'
import { addressOf, type Changes, parameter, pathHere } from './address.ts'

// What one looks through on every page, and what every address therefore carries: the environment, the moment, the team.

/** The workspace of the current address. */
export const workspace = computed(() => {
  const name = /^w\/([^/]+)/.exec(pathHere())?.[1]
  return name === undefined ? '' : decodeURIComponent(name)
})

/** The environment that the address names; the page takes the workspace's last where there is none. */
export const environmentAsked = computed(() => parameter('env'))

/** The moment that is looked at, in RFC 3339; undefined: now. */
export const moment = computed(() => parameter('at'))

/** Whose findings are looked at; undefined: everyone's. */
export const team = computed(() => parameter('team'))

/** A link to a page of this workspace through the same lens: `pageAddress('findings', { outcome: 'violates' })`. */
export function pageAddress(page: string, changes: Changes = {}): string {
  const path = `w/${encodeURIComponent(workspace.value)}${page === '' ? '' : `/${page}`}`
  return addressOf(path, { env: environmentAsked.value, at: moment.value, team: team.value }, changes)
}
