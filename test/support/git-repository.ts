import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A repository of a test, made by the real git; the settings of whoever runs the test play no part. */
export interface GitRepository {
  readonly folder: string
  /** Runs git in the folder and answers what it says. */
  git(...args: readonly string[]): string
  /** Writes files, without a commit. */
  write(files: Readonly<Record<string, string>>): void
  /** Writes files and commits everything, with more environment variables; answers the commit. */
  commit(files?: Readonly<Record<string, string>>, more?: Readonly<Record<string, string>>): string
}

const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
}

/** A repository in a folder, made there if it is none. */
export function gitRepository(folder: string): GitRepository {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
  }
  return {
    folder,
    git,
    write,
    commit: (files = {}, more = {}) => {
      write(files)
      git('add', '-A')
      execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', 'x'], {
        cwd: folder,
        env: { ...env, ...more },
        stdio: 'pipe',
      })
      return git('rev-parse', 'HEAD')
    },
  }
}

/** A new repository with a branch `main` and one commit; it is gone when the test ends. */
export function newRepository(
  t: { teardown(end: () => void): void },
  files: Readonly<Record<string, string>> = {},
): GitRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'congruent-git-')))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const repository = gitRepository(folder)
  repository.git('init', '--quiet', '-b', 'main')
  repository.commit(files)
  return repository
}
