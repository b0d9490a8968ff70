-- Filters of a list that somebody keeps for himself under a name; one that was removed last can be taken back.
create table if not exists saved_view (
  id text primary key, version bigint not null, account_id text not null, list text not null, name text not null, query text not null,
  created_at text not null, removed_at text
)
-- next
create index if not exists saved_view_account on saved_view (account_id, list)
