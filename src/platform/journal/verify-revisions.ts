import type { Database } from '../database/database.ts'
import type { Tables } from '../database/tables.ts'
import { readJson } from '../json.ts'
import type { Blame } from './fault.ts'
import { type EntryRow, keepsNoun, revisionHashOf, revisionVisibility } from './journal.ts'

/** What became of the revision of an entry; null where there is none to speak of. */
export function verifyRevision(
  entry: EntryRow,
  revision: Tables['revision'] | null,
  isErased: boolean,
  blame: Blame,
): 'bound' | 'unbound' | 'erased' | null {
  const row = rowOf(entry.subject_id, entry.subject_version)
  if (!keepsNoun(entry)) {
    if (revision !== null) blame('revision', row, 'extra', 'no-entry')
    return null
  }
  if (isErased) {
    if (revision !== null) blame('revision', row, 'extra', 'erased')
    return 'erased'
  }
  if (revision === null) {
    blame('revision', row, 'missing', 'not-kept')
    return null
  }
  const { salt, body, visibility } = revision
  if ((salt === null ? null : revisionHashOf(salt, body)) !== entry.revision_hash) blame('revision', row, 'changed', 'hash')
  else if (visibility !== revisionVisibility(readJson(body))) blame('revision', row, 'changed', 'visibility')
  return entry.revision_hash === null ? 'unbound' : 'bound'
}

/** Revisions of which no entry tells. */
export async function verifyStrayRevisions(database: Database, blame: Blame): Promise<void> {
  const strays = await database.query
    .selectFrom('revision')
    .leftJoin('journal', (join) =>
      join.onRef('journal.subject_id', '=', 'revision.subject_id').onRef('journal.subject_version', '=', 'revision.version'),
    )
    .select(['revision.subject_id', 'revision.version'])
    .where('journal.seq', 'is', null)
    .orderBy('revision.subject_id')
    .orderBy('revision.version')
    .execute()
  for (const { subject_id, version } of strays) blame('revision', rowOf(subject_id, version), 'extra', 'no-entry')
}

const rowOf = (subjectId: string, version: number) => `${subjectId} ${version}`
