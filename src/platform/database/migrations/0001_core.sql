create table if not exists enterprise (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, park_id text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create table if not exists park (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create table if not exists institution (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, parent_id text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists institution_parent on institution (parent_id)
-- next
create table if not exists expert (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, is_claimed bigint not null, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create table if not exists broker (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  region_code text, batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create table if not exists evidence (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  expert_id text not null, offering_id text, position bigint not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists evidence_expert on evidence (expert_id)
-- next
create index if not exists evidence_offering on evidence (offering_id)
-- next
create table if not exists demand (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  state text not null, enterprise_id text not null, broker_id text, region_code text,
  budget_min_fen bigint, budget_max_fen bigint, deadline_on text, expires_on text, published_at text,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists demand_state on demand (state, published_at)
-- next
create index if not exists demand_enterprise on demand (enterprise_id)
-- next
create index if not exists demand_broker on demand (broker_id)
-- next
create table if not exists offering (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  state text not null, kind text not null, owner_id text, region_code text, readiness_level bigint,
  expires_on text, published_at text,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists offering_state on offering (state, published_at)
-- next
create index if not exists offering_owner on offering (owner_id)
-- next
create table if not exists classification (
  subject_id text not null, scheme text not null, edition text not null, code text not null,
  primary key (subject_id, scheme, edition, code)
)
-- next
create index if not exists classification_code on classification (scheme, code)
-- next
create table if not exists journal (
  seq bigint primary key, subject_id text not null, subject_version bigint not null, kind text not null,
  actor_id text not null, at text not null, facts text not null, digest text not null,
  unique (subject_id, subject_version)
)
-- next
create table if not exists revision (
  subject_id text not null, version bigint not null, visibility text not null, body text not null,
  primary key (subject_id, version)
)
-- next
create table if not exists vector (
  text_hash text not null, model text not null, data bytea not null,
  primary key (text_hash, model)
)
-- next
create table if not exists import_batch (
  id text primary key, version bigint not null, kind text not null, state text not null, file_sha256 text not null,
  name text not null, row_count bigint not null, actor_id text not null, created_at text not null, updated_at text not null
)
-- next
create index if not exists import_batch_file on import_batch (file_sha256, kind)
-- next
create table if not exists token (
  id text primary key, version bigint not null, secret_hash text not null unique, role text not null, subject_id text,
  expires_at text not null, revoked_at text, created_at text not null
)
-- next
create table if not exists idempotency (
  actor_id text not null, key text not null, request_hash text not null, state text not null,
  status bigint, headers text, body text, at text not null,
  primary key (actor_id, key)
)
-- next
create table if not exists job (
  id text primary key, kind text not null, payload text not null, state text not null,
  run_at text not null, finished_at text, failure text
)
-- next
create index if not exists job_due on job (state, run_at)
-- next
create table if not exists setting (
  key text primary key, version bigint not null, value text not null, updated_at text not null
)
