import type { Route, Schema } from '../route.ts'

const known: Readonly<Record<string, Schema>> = {
  workspace: {
    title: 'a name of lower-case letters, digits and hyphens',
    type: 'string',
    pattern: '^[a-z0-9-]+$',
    maxLength: 100,
  },
}

const name: Schema = {
  title: 'a name of at most 256 characters',
  type: 'string',
  pattern: '^[^\\u0000-\\u001f]{1,256}$',
}

/** The schema of the names in a route's address: what the route says of them, else what holds for any name. */
export function paramsSchema({ url, params }: Pick<Route, 'url' | 'params'>): Schema {
  const said = params?.['properties']
  const names = Array.from(url.matchAll(/:(\w+)/g), ([, label = '']) => label)
  const properties = Object.fromEntries(names.map((label) => [label, known[label] ?? name]))
  return { type: 'object', properties: { ...properties, ...(typeof said === 'object' ? said : {}) }, required: names }
}
