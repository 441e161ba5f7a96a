import type { Migration } from './migration.ts'

/** What teams say of proposals: only added to. */
export const approvals: Migration = {
  name: '0002-approvals',
  sql: `
create table congruent.approvals (
  id int8 generated always as identity primary key,
  workspace text collate "C" not null,
  proposal text collate "C" not null,
  approval text not null,
  foreign key (workspace, proposal) references congruent.proposals on delete cascade
);
create index on congruent.approvals (workspace, proposal, id);
`,
}
