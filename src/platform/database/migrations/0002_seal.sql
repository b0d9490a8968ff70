create table if not exists seal (
  seq bigint primary key, hash text not null
)
