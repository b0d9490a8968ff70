create table if not exists quota (
  key text primary key, clear_at_ms bigint not null
)
-- next
create index if not exists quota_clear on quota (clear_at_ms)
-- next
drop table attempt
-- next
drop table sign_in_code
-- next
create table sign_in_code (
  id text primary key, phone text not null, code_hash text not null, attempts bigint not null, sent_at text not null,
  expires_at text not null
)
-- next
create index if not exists sign_in_code_expiry on sign_in_code (expires_at)
