import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'
import type { Link, LinkPurpose } from '../link.ts'

export async function findLinkFor(database: Database, purpose: LinkPurpose, secretHash: string): Promise<Link | undefined> {
  const row = await database.query
    .selectFrom('link')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** The newest link about an object; those before it are worth nothing. */
export async function latestLink(database: Database, purpose: LinkPurpose, objectId: string): Promise<Link | undefined> {
  const row = await database.query
    .selectFrom('link')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('object_id', '=', objectId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row && fromRow(row)
}

export function insertLinkFor(database: Database, link: Link, secretHash: string): Compilable {
  return database.query.insertInto('link').values({
    id: link.id,
    purpose: link.purpose,
    object_id: link.objectId,
    actor_id: link.actorId,
    contact: link.contact,
    secret_hash: secretHash,
    expires_at: link.expiresAt,
    used_at: link.usedAt,
    answer: link.answer,
    note: link.note,
    created_at: link.createdAt,
  })
}

export function updateLink(database: Database, { id, usedAt, answer, note, contact }: Link): Compilable {
  return database.query.updateTable('link').set({ used_at: usedAt, answer, note, contact }).where('id', '=', id)
}

/** All that were made about an object, used or not, newest first; 90 at most. */
export async function linksAbout({ query }: Database, purpose: LinkPurpose, objectId: string): Promise<string[]> {
  const rows = query.selectFrom('link').select('id').where('purpose', '=', purpose).where('object_id', '=', objectId)
  return (await rows.orderBy('created_at', 'desc').orderBy('id').limit(90).execute()).map(({ id }) => id)
}

/** They are about another object from now on. */
export function pointLinks({ query }: Database, ids: readonly string[], objectId: string): Compilable {
  return query.updateTable('link').set({ object_id: objectId }).where('id', 'in', ids)
}

/** Those about an object that nobody has used. */
export function removeUnusedLinks(database: Database, purpose: LinkPurpose, objectId: string): Compilable {
  return database.query.deleteFrom('link').where('purpose', '=', purpose).where('object_id', '=', objectId).where('used_at', 'is', null)
}

function fromRow(row: Tables['link']): Link {
  return {
    id: row.id,
    // Only `insertLinkFor` writes rows with these purposes, and all of their columns.
    purpose: row.purpose as LinkPurpose,
    objectId: row.object_id!,
    actorId: row.actor_id!,
    contact: row.contact,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    answer: row.answer,
    note: row.note,
    createdAt: row.created_at,
  }
}
