create table if not exists match_list (
  id text primary key, asked_id text not null, is_whole bigint not null, kind text not null, reader_role text not null,
  engine text not null, weights text not null, on_day text not null, place bigint not null, items text not null,
  times bigint not null, first_at text not null, last_at text not null
)
-- next
create index if not exists match_list_asked on match_list (asked_id, last_at)
-- next
create index if not exists match_list_last on match_list (last_at)
-- next
create table if not exists judgment (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, supply_id text not null, given_by text not null, grade bigint not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists judgment_demand on judgment (demand_id, supply_id)
-- next
create index if not exists judgment_supply on judgment (supply_id)
-- next
create index if not exists judgment_given on judgment (given_by, created_at)
