alter table contact add column visited_on text
-- next
create index if not exists contact_visited on contact (recorded_by, visited_on)
