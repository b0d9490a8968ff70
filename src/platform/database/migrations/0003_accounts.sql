create table if not exists account (
  id text primary key, version bigint not null, name text not null, email text not null unique, email_verified bigint not null, image text,
  phone text unique, two_factor_enabled bigint, created_at text not null, updated_at text not null
)
-- next
create table if not exists credential (
  id text primary key, account_id text not null, provider_id text not null, provider_account_id text not null, password text,
  access_token text, refresh_token text, id_token text, access_token_expires_at text, refresh_token_expires_at text, scope text,
  created_at text not null, updated_at text not null
)
-- next
create index if not exists credential_account on credential (account_id)
-- next
create table if not exists session (
  id text primary key, account_id text not null, token text not null unique, membership_id text, second_factor_at text,
  ip_address text, user_agent text, expires_at text not null, created_at text not null, updated_at text not null
)
-- next
create index if not exists session_account on session (account_id)
-- next
create table if not exists verification (
  id text primary key, identifier text not null, value text not null, expires_at text not null, created_at text not null,
  updated_at text not null
)
-- next
create index if not exists verification_identifier on verification (identifier)
-- next
create table if not exists second_factor (
  id text primary key, account_id text not null unique, secret text not null, backup_codes text not null, verified bigint,
  failed_verification_count bigint, locked_until text
)
-- next
create table if not exists sign_in_code (
  id text primary key, phone text not null unique, code_hash text not null, attempts bigint not null, sent_at text not null,
  expires_at text not null
)
-- next
create table if not exists membership (
  id text primary key, version bigint not null, account_id text not null, role text not null, subject_id text, rank text not null,
  created_at text not null, ended_at text
)
-- next
create index if not exists membership_account on membership (account_id)
-- next
create table if not exists link (
  id text primary key, purpose text not null, secret_hash text not null unique, expires_at text not null, used_at text,
  created_at text not null
)
-- next
create table if not exists attempt (
  key text primary key, count bigint not null, since text not null
)
-- next
alter table journal add column account_id text
