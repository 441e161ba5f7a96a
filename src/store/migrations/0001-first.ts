import type { Migration } from './migration.ts'

/**
 * Texts compare byte by byte (`collate "C"`), so that every database sorts as we do. JSON is kept as text: it comes back as it was, with
 * every digit, and U+0000 in its strings is an escape that a text column takes.
 */
export const first: Migration = {
  name: '0001-first',
  sql: `
create table congruent.workspaces (
  name text collate "C" primary key,
  created_at timestamptz not null,
  retention text not null,
  last_at timestamptz not null,
  last_revision int8 not null default 0,
  last_check int8 not null default 0,
  last_event int8 not null default 0
);

create table congruent.blobs (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  digest text collate "C" not null,
  size int8 not null,
  primary key (workspace, digest)
);

create table congruent.blob_pieces (
  workspace text collate "C" not null,
  digest text collate "C" not null,
  piece int4 not null,
  deflated boolean not null,
  bytes bytea not null,
  primary key (workspace, digest, piece),
  foreign key (workspace, digest) references congruent.blobs on delete cascade
);
alter table congruent.blob_pieces alter column bytes set storage external;

create table congruent.file_sets (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  digest text collate "C" not null,
  primary key (workspace, digest)
);

create table congruent.file_set_files (
  workspace text collate "C" not null,
  file_set text collate "C" not null,
  name text collate "C" not null,
  digest text collate "C" not null,
  primary key (workspace, file_set, name),
  foreign key (workspace, file_set) references congruent.file_sets on delete cascade,
  foreign key (workspace, digest) references congruent.blobs
);
create index on congruent.file_set_files (workspace, digest);

create table congruent.revisions (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  number int8 not null,
  at timestamptz not null,
  workspace_digest text collate "C" not null,
  revision text not null,
  primary key (workspace, number),
  foreign key (workspace, workspace_digest) references congruent.blobs
);
create index on congruent.revisions (workspace, at, number);
create index on congruent.revisions (workspace, workspace_digest);

create table congruent.snapshot_streams (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  environment text collate "C" not null,
  observer text collate "C" not null,
  covers text collate "C" not null,
  primary key (workspace, environment, observer, covers)
);

create table congruent.snapshots (
  id int8 generated always as identity,
  workspace text collate "C" not null,
  environment text collate "C" not null,
  observer text collate "C" not null,
  covers text collate "C" not null,
  sequence int8 not null,
  observed_at timestamptz not null,
  received_at timestamptz not null,
  digest text collate "C" not null,
  snapshot text not null,
  primary key (workspace, environment, observer, sequence),
  foreign key (workspace, environment, observer, covers) references congruent.snapshot_streams on delete cascade,
  foreign key (workspace, digest) references congruent.blobs
);
create unique index on congruent.snapshots (workspace, environment, observer, covers, sequence);
create index on congruent.snapshots (workspace, received_at, id);
create index on congruent.snapshots (workspace, digest);

create table congruent.due_checks (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  environment text collate "C" not null,
  wanted int8 not null,
  done int8 not null,
  primary key (workspace, environment)
);
create index on congruent.due_checks (workspace, environment) where wanted > done;

create table congruent.checks (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  number int8 not null,
  environment text collate "C" not null,
  at timestamptz not null,
  faulted boolean not null,
  record text not null,
  primary key (workspace, number)
);
create index on congruent.checks (workspace, environment, at, number);
create index on congruent.checks (workspace, environment, number) where not faulted;
create index on congruent.checks (workspace, at, number);

create table congruent.spans (
  id int8 generated always as identity primary key,
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  environment text collate "C" not null,
  fingerprint text collate "C" not null,
  episode int4 not null,
  first_seen timestamptz not null,
  since timestamptz not null,
  since_check int8 not null,
  from_check int8 not null,
  last_check int8,
  until_check int8,
  until_at timestamptz,
  digest text collate "C" not null,
  content text not null,
  place text collate "C" not null,
  kind text collate "C" not null,
  outcome text collate "C" not null,
  severity text collate "C" not null,
  gravity int2 not null,
  rule text collate "C" not null,
  owner text collate "C",
  teams text[] collate "C" not null,
  exempted boolean not null,
  words text not null
);
create unique index on congruent.spans (workspace, environment, fingerprint) where until_check is null;
create index on congruent.spans (workspace, fingerprint, environment, from_check);
create index on congruent.spans (workspace, until_check, from_check);

create table congruent.events (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  number int8 not null,
  at timestamptz not null,
  kind text collate "C" not null,
  event text not null,
  primary key (workspace, number)
);
create index on congruent.events (workspace, at, number);

create table congruent.proposals (
  id int8 generated always as identity,
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  proposal text collate "C" not null,
  state text collate "C" not null,
  adopted int8,
  content text not null,
  primary key (workspace, proposal)
);
create index on congruent.proposals (workspace, id);

create table congruent.webhooks (
  workspace text collate "C" not null references congruent.workspaces on delete cascade,
  name text collate "C" not null,
  webhook text not null,
  primary key (workspace, name)
);

create table congruent.tokens (
  id text collate "C" primary key,
  number int8 generated always as identity,
  digest text collate "C" not null,
  token text not null,
  revoked_at timestamptz
);

create table congruent.audit (
  id int8 generated always as identity primary key,
  workspace text collate "C",
  at timestamptz not null,
  entry text not null
);
create index on congruent.audit (workspace, id);

create table congruent.results (
  key text collate "C" primary key,
  result text not null,
  size int4 not null,
  used_at timestamptz not null
);
create index on congruent.results (used_at);
`,
}
