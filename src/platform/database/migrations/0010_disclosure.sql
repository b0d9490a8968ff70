create table if not exists disclosure (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  subject_id text not null, reader_id text not null, state text not null, until text,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists disclosure_subject on disclosure (subject_id, created_at)
-- next
create index if not exists disclosure_reader on disclosure (reader_id, state)
