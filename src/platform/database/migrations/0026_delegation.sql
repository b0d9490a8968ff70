create table if not exists delegation (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  institution_id text not null, request_id text not null, expert_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists delegation_request on delegation (request_id)
-- next
create index if not exists delegation_expert on delegation (expert_id, state)
-- next
create index if not exists delegation_institution on delegation (institution_id, created_at)
