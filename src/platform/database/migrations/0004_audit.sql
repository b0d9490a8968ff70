alter table journal add column revision_hash text
-- next
alter table revision add column salt text
-- next
alter table seal add column key_id text
