import type { Database } from '../database/database.ts'
import { readJson } from '../json.ts'
import { type Entry, type EntryRow, keepsNoun } from './journal.ts'

/** One version of a subject: who made it when, and what it changed. */
export interface VersionChanges extends Pick<Entry, 'kind' | 'actorId' | 'at'> {
  version: number
  /** What became of the noun as it was then: `none` where the entry keeps none, `missing` where it should be there. */
  revision: 'kept' | 'erased' | 'missing' | 'none'
  /** Null where this revision or the one before it is not kept, so that nobody can tell. */
  fields: FieldChange[] | null
}

export interface FieldChange {
  name: string
  /** Undefined, and left out of JSON, for a field that was not there. */
  before: unknown
  after: unknown
}

/** Every version has others of these. */
const ofEveryVersion = ['version', 'updatedAt']

/** What changed in a subject, version by version, the oldest first; with the whole of the first version as what came. */
export async function changesOf(database: Database, subjectId: string): Promise<VersionChanges[]> {
  const rows = await database.query
    .selectFrom('journal')
    .leftJoin('revision', (join) =>
      join.onRef('revision.subject_id', '=', 'journal.subject_id').onRef('revision.version', '=', 'journal.subject_version'),
    )
    .selectAll('journal')
    .select('revision.body')
    .where('journal.subject_id', '=', subjectId)
    .orderBy('journal.seq')
    .execute()
  const erasedBefore = rows.findLast(({ kind }) => kind.endsWith('.erased'))?.subject_version ?? 0
  // Before the first version there is nothing, and it is known.
  let before: object | undefined = {}
  return rows.map((row) => {
    const after = row.body === null ? undefined : (readJson(row.body) as object | undefined)
    const fields = before && after ? changedFields(before, after) : null
    before = after ?? (keepsNoun(row) ? undefined : {})
    const { subject_version: version, kind, actor_id: actorId, at } = row
    // Only `record` writes the kind, and it takes this form.
    return { version, kind: kind as Entry['kind'], actorId, at, revision: revisionOf(row, erasedBefore), fields }
  })
}

function revisionOf(row: EntryRow & { body: string | null }, erasedBefore: number): VersionChanges['revision'] {
  if (row.body !== null) return 'kept'
  if (!keepsNoun(row)) return 'none'
  return row.subject_version < erasedBefore ? 'erased' : 'missing'
}

function changedFields(before: object, after: object): FieldChange[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => !ofEveryVersion.includes(name) && JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)))
    .map((name) => ({ name, before: was.get(name), after: is.get(name) }))
}
