import { createRequire } from 'node:module'
import type { Plugin } from 'esbuild'

const require = createRequire(import.meta.url)

/** Where a package lies that is loaded later, from the bundle's folder. */
export function laterFile(name: string): string {
  return `packages/${name}.js`
}

/**
 * Packages that many runs never use, though the code that uses them is there from the start: each of their exports stands for
 * itself and loads the package when it is called, constructed or asked for a member.
 */
export function later(names: readonly string[]): Plugin {
  return {
    name: 'later',
    setup(bundling) {
      bundling.onResolve({ filter: /^[a-z]/ }, ({ path }) =>
        names.includes(path) ? { path, namespace: 'later' } : undefined,
      )
      bundling.onResolve({ filter: /./, namespace: 'later' }, ({ path }) => ({ path, external: true }))
      bundling.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({ contents: standIn(path), loader: 'js' }))
    },
  }
}

function standIn(name: string): string {
  const exported: unknown = require(name)
  if (typeof exported !== 'object' || exported === null) throw new Error(`\`${name}\` exports nothing by name`)
  const functions = Object.entries(exported).flatMap(([key, value]) => (typeof value === 'function' ? [key] : []))
  return `
let loaded
const load = () => (loaded ??= require('./${laterFile(name)}'))
const standIn = (name) => new Proxy(function () {}, {
  apply: (_, self, args) => Reflect.apply(load()[name], self, args),
  construct: (_, args) => Reflect.construct(load()[name], args),
  get: (_, member) => Reflect.get(load()[name], member),
})
${functions.map((key) => `export const ${key} = /* @__PURE__ */ standIn('${key}')`).join('\n')}
`
}
