update demand set created_at = substr(coalesce(published_at, created_at), 1, 8)
  || case when substr(coalesce(published_at, created_at), 9, 2) <= '10' then '01' when substr(coalesce(published_at, created_at), 9, 2) <= '20' then '11' else '21' end
  || 'T00:00:00.000Z'
where visibility <> 'public'
-- next
update enterprise set created_at = substr(created_at, 1, 7) || '-01T00:00:00.000Z'
