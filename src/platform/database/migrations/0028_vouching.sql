alter table verification add column institution_id text
-- next
create index if not exists verification_institution on verification (institution_id, state)
