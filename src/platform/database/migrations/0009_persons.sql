create table if not exists consent (
  id text primary key, version bigint not null, account_id text, expert_id text, purpose text not null, text_version text not null,
  how text not null, recorded_by text not null, given_at text, withdrawn_at text, created_at text not null
)
-- next
create index if not exists consent_account on consent (account_id)
-- next
create index if not exists consent_expert on consent (expert_id)
-- next
create table if not exists erasure (
  id text primary key, reason text not null, at text not null, key_id text, marks text not null
)
-- next
create table if not exists erased_subject (
  subject_id text not null primary key, erasure_id text not null
)
-- next
create table if not exists account_use (
  account_id text not null primary key, last_at text not null, asked_at text
)
-- next
insert into consent (id, version, account_id, expert_id, purpose, text_version, how, recorded_by, given_at, withdrawn_at, created_at)
select 'cns_' || substr(id, 5), 1, null, id, 'proposal', '0', 'unknown', 'market', updated_at, null, updated_at
from expert where body like '%"consent":true%'
-- next
insert into consent (id, version, account_id, expert_id, purpose, text_version, how, recorded_by, given_at, withdrawn_at, created_at)
select 'cns_' || substr(id, 5), 1, null, id, 'proposal', '0', 'unknown', 'market', null, updated_at, updated_at
from expert where body like '%"consent":false%'
