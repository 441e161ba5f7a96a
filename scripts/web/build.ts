// Makes build/web of web/: what the server sends to browsers. Part of `npm run build`.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { bundledPackages, thirdPartyText } from '../bundle/licences.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const built = await build({
  root: `${root}web`,
  configFile: false,
  logLevel: 'warn',
  // Relative, as nobody knows below which path the pages are served.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: `${root}build/web`,
    emptyOutDir: true,
    target: 'es2023',
    // Nothing is written into the page itself, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
})

const chunks = outputsOf(built).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
writeFileSync(`${root}build/web/THIRD-PARTY.txt`, thirdPartyText(bundledPackages(chunks)))

function outputsOf(result: Awaited<ReturnType<typeof build>>): readonly (Rollup.OutputChunk | Rollup.OutputAsset)[] {
  return [result].flat().flatMap((one) => ('output' in one ? one.output : []))
}
