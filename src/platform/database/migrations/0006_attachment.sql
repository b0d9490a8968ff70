create table if not exists attachment (
  id text primary key, version bigint not null, subject_id text not null, place bigint not null, field_group text not null,
  name text not null, media_type text not null, size bigint not null, sha256 text not null, blob text not null unique,
  uploaded_by text not null, created_at text not null, unique (subject_id, place)
)
-- next
create table if not exists reading (
  id text primary key, subject_id text not null, object text not null, reader_id text not null, reader_role text not null,
  account_id text, at text not null, code text unique
)
-- next
create index if not exists reading_subject on reading (subject_id, at)
