import { membersOf, writtenMap } from '../document/written.ts'
import { assignments, hosts } from './assignments.ts'
import { asItIs, expected, listOf, mapOf, namedOf, type Form } from './forms.ts'
import { mounts } from './mounts.ts'
import { ports } from './ports.ts'
import { dependencies, grants, networks } from './references.ts'
import { wordsOf } from './split.ts'

const environment = assignments(null)
const labels = assignments('')

/** A command line in one text, as words; a list of them as it is. */
const command: Form = (written, found) => {
  const { data, pointer } = written
  if (Array.isArray(data)) return written
  if (typeof data !== 'string') return expected('a text, or a list of words,', written, found)
  const words = wordsOf(data)
  if (words !== undefined) return { pointer, data: words }
  found.wrong(pointer, `\`${data}\` leaves a quote open`)
  return undefined
}

const healthcheck: Form = mapOf('a map', {
  test: (written, found) =>
    typeof written.data === 'string'
      ? { pointer: written.pointer, data: ['CMD-SHELL', written.data] }
      : listOf('a text or a list')(written, found),
})

/** A text that stands for a map of one member. */
function inShort(label: string, long: Form): Form {
  return (written, found) =>
    typeof written.data === 'string' ? writtenMap(written.pointer, [[label, written]]) : long(written, found)
}

const build: Form = inShort(
  'context',
  mapOf('a folder, or a map with `context`,', {
    args: environment,
    labels,
    extra_hosts: hosts,
    additional_contexts: labels,
  }),
)

const environmentFile: Form = (written, found) => {
  const one = inShort('path', (element) =>
    membersOf(element)?.has('path') === true ? element : expected('a path, or a map with `path`,', element, found),
  )
  return listOf('a path, or a list of them,', one)(written, found)
}

const service: Form = mapOf('a map of what the service is', {
  annotations: labels,
  build,
  command,
  configs: grants,
  depends_on: dependencies,
  deploy: mapOf('a map', { labels }),
  dns: listOf('a text or a list'),
  dns_search: listOf('a text or a list'),
  entrypoint: command,
  env_file: environmentFile,
  environment,
  extends: inShort('service', asItIs),
  extra_hosts: hosts,
  healthcheck,
  label_file: listOf('a text or a list'),
  labels,
  networks,
  ports,
  secrets: grants,
  sysctls: labels,
  tmpfs: listOf('a text or a list'),
  volumes: mounts,
})

const labelled = namedOf('a map of names', mapOf('a map', { labels, driver_opts: labels }))

/** A whole document: every service, network, volume, config and secret in its long form. */
export const documentForm: Form = mapOf('a Compose document', {
  services: namedOf('a map of services', service),
  networks: labelled,
  volumes: labelled,
  configs: labelled,
  secrets: labelled,
})
