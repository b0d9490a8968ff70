import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.ts'
import { Attachment, type StoredAttachment } from './attachment.ts'

export async function findAttachment(database: Database, id: string): Promise<StoredAttachment | undefined> {
  const row = await database.query.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** Those of one subject, oldest first. */
export async function attachmentsOf(database: Database, subjectId: string): Promise<StoredAttachment[]> {
  const query = database.query.selectFrom('attachment').selectAll().where('subject_id', '=', subjectId)
  return (await query.orderBy('created_at').orderBy('id').execute()).map(fromRow)
}

/** Ids of all that have attachments, in order, after one of them. */
export async function subjectsAfter(database: Database, after: string, limit: number): Promise<string[]> {
  const query = database.query.selectFrom('attachment').select('subject_id').distinct().where('subject_id', '>', after)
  return (await query.orderBy('subject_id').limit(limit).execute()).map((row) => row.subject_id)
}

/** Which of these names of blobs belong to an attachment. */
export async function knownBlobs(database: Database, blobs: readonly string[]): Promise<Set<string>> {
  const rows = await database.query.selectFrom('attachment').select('blob').where('blob', 'in', blobs).execute()
  return new Set(rows.map(({ blob }) => blob))
}

export function insertAttachment(database: Database, attachment: StoredAttachment): Compilable {
  return database.query.insertInto('attachment').values(toRow(attachment))
}

export function deleteAttachment(database: Database, id: string): Compilable {
  return database.query.deleteFrom('attachment').where('id', '=', id)
}

function toRow(attachment: StoredAttachment): Tables['attachment'] {
  const { id, version, place, name, size, sha256, blob } = attachment
  return {
    ...{ id, version, place, name, size, sha256, blob },
    subject_id: attachment.subjectId,
    field_group: attachment.group,
    media_type: attachment.mediaType,
    uploaded_by: attachment.uploadedBy,
    created_at: attachment.createdAt,
  }
}

function fromRow(row: Tables['attachment']): StoredAttachment {
  const { id, version, name, size, sha256, blob, place } = row
  const shown = Attachment.parse({
    ...{ id, version, name, size, sha256 },
    subjectId: row.subject_id,
    group: row.field_group,
    mediaType: row.media_type,
    uploadedBy: row.uploaded_by,
    createdAt: row.created_at,
  })
  return { ...shown, uploadedBy: row.uploaded_by, blob, place }
}
