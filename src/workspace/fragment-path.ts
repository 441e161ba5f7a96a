import { globProblem, isGlob } from './glob.ts'

/** What one path of a team's `fragments` names. Folders and globs are relative to the workspace; `.` is the root. */
export type FragmentPath =
  | { readonly kind: 'package'; readonly dir: string; readonly package?: string }
  | { readonly kind: 'packages'; readonly dir: string }
  | { readonly kind: 'files'; readonly glob: string }

const dataFiles = /\.(?:ya?ml|json|star|\{(?:ya?ml|json)(?:,(?:ya?ml|json))*\})$/i

/** Reads `./dir`, `./dir/...`, `./dir:pkg`, `./x.yaml`, `./*.json` or `./x.star`; otherwise says what is wrong, and where in the text. */
export function parseFragmentPath(text: string): FragmentPath | { readonly problem: string; readonly offset: number } {
  const wrong = globProblem(text)
  if (wrong) return { problem: wrong.message, offset: wrong.offset }
  const vendored = /(^|\/)cue\.mod($|\/)/.exec(text)
  if (vendored)
    return { problem: 'lies in `cue.mod`, which holds modules that fragments import', offset: vendored.index }
  if (text === '...' || text.endsWith('/...')) return folder(text.slice(0, -3), (dir) => ({ kind: 'packages', dir }))
  if (dataFiles.test(text)) return { kind: 'files', glob: labelsOf(text).join('/') }
  if (text.endsWith('.cue')) return { problem: 'is one file of a package: name its folder', offset: 0 }
  const name = /:([^/:]*)$/.exec(text)
  if (!name) return folder(text, (dir) => ({ kind: 'package', dir }))
  if (!/^[\p{L}_$#][\p{L}\p{N}_$]*$/u.test(name[1] ?? ''))
    return { problem: 'has no package name after `:`', offset: name.index + 1 }
  return folder(text.slice(0, name.index), (dir) => ({ kind: 'package', dir, package: name[1] ?? '' }))
}

function folder(text: string, found: (dir: string) => FragmentPath): ReturnType<typeof parseFragmentPath> {
  if (isGlob(text))
    return {
      problem:
        'has a glob for folders: globs name .yaml, .yml, .json or .star files; every package below a folder is `./dir/...`',
      offset: text.search(/[*?[\]{}]/),
    }
  const labels = labelsOf(text)
  return found(labels.length === 0 ? '.' : labels.join('/'))
}

function labelsOf(path: string): readonly string[] {
  return path.split('/').filter((label) => label !== '' && label !== '.')
}
