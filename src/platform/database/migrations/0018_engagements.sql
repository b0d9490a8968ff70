-- Invitations of the market are asked of experts; those into an organisation are its members'.
alter table invitation rename to member_invitation
-- next
create table if not exists refusal (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, supply_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists refusal_demand on refusal (demand_id, state)
-- next
create index if not exists refusal_supply on refusal (supply_id, state)
-- next
create table if not exists interest (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, supply_id text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists interest_demand on interest (demand_id, created_at)
-- next
create index if not exists interest_supply on interest (supply_id, created_at)
-- next
create table if not exists invitation (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, supply_id text not null, sent_by text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists invitation_demand on invitation (demand_id, created_at)
-- next
create index if not exists invitation_supply on invitation (supply_id)
-- next
create index if not exists invitation_sent on invitation (sent_by, created_at)
-- next
create table if not exists referral (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, invitation_id text not null, from_id text not null, sent_by text not null, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists referral_demand on referral (demand_id, created_at)
-- next
create index if not exists referral_sent on referral (sent_by, state)
-- next
create table if not exists engagement (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, supply_id text, broker_id text, state text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists engagement_demand on engagement (demand_id)
-- next
create index if not exists engagement_supply on engagement (supply_id)
-- next
create index if not exists engagement_broker on engagement (broker_id, state)
-- next
create table if not exists contact (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  subject_id text not null, recorded_by text not null, next_on text,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists contact_subject on contact (subject_id, created_at)
-- next
create index if not exists contact_recorded on contact (recorded_by, next_on)
-- next
create table if not exists shortlist (
  id text primary key, origin_id text unique, version bigint not null, visibility text not null, title text not null,
  demand_id text not null, made_by text not null,
  batch_id text, created_at text not null, updated_at text not null, body text not null
)
-- next
create index if not exists shortlist_demand on shortlist (demand_id, created_at)
-- next
create index if not exists shortlist_made on shortlist (made_by, created_at)
