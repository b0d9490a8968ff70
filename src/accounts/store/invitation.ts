import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'
import { Rank } from '../account.ts'
import { Role } from '../actor.ts'
import type { StoredInvitation } from '../member.ts'

/** Invitations that nobody has answered: whatever becomes of one, it goes, and with it the number it was for. The journal keeps what happened. */

export async function findInvitation(
  database: Database,
  by: { id: string } | { secret_hash: string },
): Promise<StoredInvitation | undefined> {
  const [[column, value]] = Object.entries(by) as [['id' | 'secret_hash', string]]
  const row = await database.query.selectFrom('member_invitation').selectAll().where(column, '=', value).executeTakeFirst()
  return row && fromRow(row)
}

/** Newest first, those that have run out too until the night takes them. */
export async function invitationsTo(database: Database, role: string, subjectId: string | null): Promise<StoredInvitation[]> {
  const rows = await database.query
    .selectFrom('member_invitation')
    .selectAll()
    .where('role', '=', role)
    .where('subject_id', subjectId === null ? 'is' : '=', subjectId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

export function insertInvitation(database: Database, invitation: StoredInvitation, secretHash: string): Compilable {
  return database.query.insertInto('member_invitation').values({
    id: invitation.id,
    version: invitation.version,
    role: invitation.role,
    subject_id: invitation.subjectId,
    rank: invitation.rank,
    phone: invitation.phone,
    email: invitation.email,
    invited_by: invitation.invitedBy,
    account_id: invitation.accountId,
    secret_hash: secretHash,
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
  })
}

export function removeInvitation(database: Database, id: string): Compilable {
  return database.query.deleteFrom('member_invitation').where('id', '=', id)
}

function fromRow(row: Tables['member_invitation']): StoredInvitation {
  return {
    id: row.id,
    version: row.version,
    role: Role.parse(row.role),
    subjectId: row.subject_id,
    rank: Rank.parse(row.rank),
    phone: row.phone,
    email: row.email,
    invitedBy: row.invited_by,
    accountId: row.account_id,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  }
}
