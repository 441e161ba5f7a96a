// Writes the command line as few files that load fast, beside the compiled modules that it is made from:
// `node build/scripts/bundle/bundle.js` makes build/bundle of build/src. Part of `npm run build`.
//
// What starts at once is in congruent.js; what only some runs need is in chunks that are loaded when asked for, since
// code costs time when it is read, even if it never runs. Each thread's script is an entry of its own. All are CommonJS:
// Node has its loader for that ready, and starts another one for ECMAScript modules.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform, type BuildOptions, type OutputFile, type Plugin } from 'esbuild'
import { bundledPackages, thirdPartyText } from './licences.ts'
import { later, laterFile } from './later.ts'
import { anchored, urlName } from './places.ts'

const built = fileURLToPath(new URL('../../', import.meta.url))
const source = join(built, 'src')
const target = join(built, 'bundle')
/** Resolved when it is asked for, from the installed package: it finds its files by where it lies. */
const findsItsFiles = ['cue-wasm', '@electric-sql/pglite']
/** What only servers need, who start once and stay. */
const ofServers = [
  '@fastify/*',
  '@opentelemetry/*',
  'fastify',
  'kysely',
  'pg',
  'pg-boss',
  'pino',
  'prom-client',
  'tar-stream',
]
/** What may be absent, and is asked for by those alone that need it. */
const optional = ['@kubernetes/client-node']
/** The one file that must import: what cue-wasm offers to `require` does not load. */
const importing = join('cue-wasm', 'worker.js')
/** What only some inputs need. */
const laterPackages = ['jsonc-parser', 'yaml']
const oldestNode = 'node20.19'

if (process.argv.includes('--help')) {
  process.stdout.write('usage: node build/scripts/bundle/bundle.js\nBundles build/src into build/bundle.\n')
} else {
  // The database's thread runs as it was compiled: it starts once, and what it takes long to load is not ours.
  const threads = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('worker.js') && !name.startsWith('store'),
  )
  const at = (modules: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, join(source, module)]))
  const anchor = anchoring(threads)
  const bundles = [
    await bundle(at({ congruent: 'cli/main.js' }), { splitting: true, plugins: [anchor, later(laterPackages)] }),
    // Threads share nothing with the command line: a script that is one file is there with one read.
    await bundle(at(Object.fromEntries(threads.map((name) => [withoutEnding(name), name]))), { plugins: [anchor] }),
    await bundle(Object.fromEntries(laterPackages.map((name) => [withoutEnding(laterFile(name)), name])), {
      format: 'cjs',
    }),
  ]
  rmSync(target, { recursive: true, force: true })
  for (const file of bundles.flatMap(({ outputFiles }) => outputFiles)) {
    const { code, map } = await asCommonJs(file)
    write(file.path, `${code}//# sourceMappingURL=${basename(file.path)}.map\n`)
    write(`${file.path}.map`, map)
  }
  write(join(target, 'package.json'), '{ "type": "commonjs" }\n')
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  write(join(target, 'THIRD-PARTY.txt'), thirdPartyText(bundledPackages(inputs)))
}

/** Entries, by the name of their file, as ECMAScript modules. */
function bundle(
  entryPoints: Readonly<Record<string, string>>,
  options: Pick<BuildOptions, 'splitting' | 'plugins' | 'format'> = {},
) {
  return build({
    format: 'esm',
    ...options,
    entryPoints,
    outdir: target,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: oldestNode,
    mainFields: ['module', 'main'],
    external: [...findsItsFiles, ...ofServers, ...optional],
    legalComments: 'none',
    sourcemap: 'inline',
    sourcesContent: false,
    define: { 'import.meta.url': urlName },
    logLevel: 'warning',
  })
}

/** Keeps what our modules say about where they lie true. */
function anchoring(threads: readonly string[]): Plugin {
  return {
    name: 'anchoring',
    setup: (bundling) =>
      bundling.onLoad({ filter: /\.js$/ }, ({ path }) => {
        const name = relative(source, path)
        return name.startsWith('..') ? undefined : { contents: anchored(readFileSync(path, 'utf8'), name, threads) }
      }),
  }
}

/** Names stay as they are, so that a stack can be read; what else is short for a machine is not. */
async function asCommonJs({ path, text }: OutputFile): Promise<{ code: string; map: string }> {
  const main = relative(dirname(path), join(target, 'congruent.js'))
  return transform(text, {
    format: 'cjs',
    platform: 'node',
    target: oldestNode,
    supported: { 'dynamic-import': path.endsWith(importing) },
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'external',
    sourcefile: path,
    sourcesContent: false,
    ...(text.includes(urlName) && {
      banner: `const ${urlName}=require('node:url').pathToFileURL(require('node:path').resolve(__dirname,${JSON.stringify(main)})).href;`,
    }),
  })
}

function withoutEnding(name: string): string {
  return name.replace(/\.js$/, '')
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
