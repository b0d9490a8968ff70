create table if not exists provider (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create table if not exists county (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
alter table verification rename to sign_in_value
-- next
create table if not exists verification (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  subject_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists verification_subject on verification (subject_id, created_at)
-- next
create table if not exists claim (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  subject_id text not null, account_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists claim_subject on claim (subject_id)
-- next
create index if not exists claim_account on claim (account_id)
-- next
create table if not exists merger (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  from_id text not null, into_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists merger_from on merger (from_id)
-- next
create index if not exists membership_subject on membership (subject_id)
-- next
create index if not exists journal_account on journal (account_id)
