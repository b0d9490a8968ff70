-- What somebody looks at on a later day: his own note, of which nobody else is told, and no journal.
create table if not exists postponed (
  account_id text not null, actor_id text not null, demand_id text not null, supply_id text not null, until text not null,
  primary key (account_id, actor_id, demand_id, supply_id)
)
