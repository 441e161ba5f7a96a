// Makes build/web of web/, what the server sends to browsers, and build/report, what writes the same parts into reports in one file.
// Part of `npm run build`.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type InlineConfig, type Rollup } from 'vite'
import { bundledPackages, thirdPartyText } from '../bundle/licences.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const shared = {
  root: `${root}web`,
  configFile: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
} as const satisfies InlineConfig

const pages = await build({
  ...shared,
  // Relative, as nobody knows below which path the pages are served.
  base: './',
  // Validators are written beside what is compiled, their types beside the sources.
  resolve: { alias: [{ find: /^.*\/(?=[a-z]+-validators\.js$)/, replacement: `${root}build/src/schema/` }] },
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

const report = await build({
  ...shared,
  publicDir: false,
  build: {
    // CommonJS, as a formatter answers at once and so loads it at once.
    ssr: 'src/report/render.tsx',
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'page.cjs', codeSplitting: false } },
    outDir: `${root}build/report`,
    emptyOutDir: true,
    target: 'node20.19',
    minify: true,
    sourcemap: false,
  },
  ssr: { noExternal: true },
})

writeFileSync(`${root}build/web/THIRD-PARTY.txt`, thirdPartyOf(pages))
writeFileSync(`${root}build/report/THIRD-PARTY.txt`, thirdPartyOf(report))

function thirdPartyOf(result: Built): string {
  const chunks = outputsOf(result).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
  return thirdPartyText(bundledPackages(chunks))
}

type Built = Awaited<ReturnType<typeof build>>

function outputsOf(result: Built): readonly (Rollup.OutputChunk | Rollup.OutputAsset)[] {
  return [result].flat().flatMap((one) => ('output' in one ? one.output : []))
}
