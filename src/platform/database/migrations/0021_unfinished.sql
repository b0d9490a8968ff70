-- A form that somebody began and has not sent. No journal tells of it: nothing has been done yet.
create table if not exists unfinished_form (
  account_id text not null, actor_id text not null, path text not null, fields text not null, at text not null,
  primary key (account_id, actor_id, path)
)
-- next
create index if not exists unfinished_form_at on unfinished_form (at)
