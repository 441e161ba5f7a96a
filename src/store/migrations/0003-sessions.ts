import type { Migration } from './migration.ts'

/** Browsers that are signed in, by the SHA-256 of what they keep. */
export const sessions: Migration = {
  name: '0003-sessions',
  sql: `
create table congruent.sessions (
  digest text collate "C" primary key,
  session text not null,
  ends_at timestamptz not null,
  used_at timestamptz not null
);
create index on congruent.sessions (ends_at);
`,
}
