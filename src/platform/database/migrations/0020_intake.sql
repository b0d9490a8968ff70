create table if not exists intake (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  received_by text not null, file_sha256 text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists intake_received on intake (received_by, created_at)
-- next
-- What stands in a file, apart from what is known about it: it goes when it is not needed any more, and leaves no versions.
create table if not exists intake_source (intake_id text not null primary key, tables text not null, source text not null, corrections text not null)
-- next
create table if not exists intake_line (
  id text primary key, intake_id text not null, position bigint not null, grid bigint not null, line bigint not null, part bigint not null,
  state text not null, demand_id text, reason text, decided_at text, content text
)
-- next
create unique index if not exists intake_line_place on intake_line (intake_id, position)
-- next
create index if not exists intake_line_demand on intake_line (demand_id)
