create index if not exists journal_actor on journal (actor_id, subject_version)
