create table if not exists twins (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  first_id text not null, second_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists twins_first on twins (first_id, state)
-- next
create index if not exists twins_second on twins (second_id, state)
