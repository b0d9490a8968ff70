alter table token add column name text
-- next
alter table token add column account_id text
-- next
alter table token add column made_with text
-- next
alter table token add column rank text
-- next
alter table token add column scopes text
-- next
alter table token add column requests_per_minute bigint
-- next
alter table token add column last_used_on text
-- next
create index if not exists token_subject on token (role, subject_id)
-- next
alter table link add column object_id text
-- next
alter table link add column actor_id text
-- next
alter table link add column contact text
-- next
alter table link add column answer text
-- next
alter table link add column note text
-- next
create index if not exists link_object on link (purpose, object_id)
-- next
create table if not exists invitation (
  id text primary key, version bigint not null, role text not null, subject_id text, rank text not null,
  phone text, email text, invited_by text not null, account_id text, secret_hash text not null unique,
  expires_at text not null, created_at text not null
)
-- next
create index if not exists invitation_subject on invitation (role, subject_id)
-- next
update membership set ended_at = created_at where ended_at is null and exists (
  select 1 from membership earlier
  where earlier.account_id = membership.account_id and earlier.role = membership.role
    and coalesce(earlier.subject_id, '') = coalesce(membership.subject_id, '')
    and earlier.ended_at is null and earlier.id < membership.id
)
-- next
create unique index if not exists membership_standing on membership (account_id, role, coalesce(subject_id, '')) where ended_at is null
-- next
create unique index if not exists credential_provider on credential (provider_id, provider_account_id)
-- next
alter table session add column signed_in_at text
