import { type Compilable, type Expression, type SqlBool, sql } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import { type Account, type Membership, Rank } from '../account.ts'
import { ranks } from '../permissions.ts'
import { membershipFromRow } from '../store.ts'

/** Somebody's membership, and how he is called. */
export interface NamedMember extends Membership {
  account: Pick<Account, 'name' | 'phone' | 'email'>
}

/** Whoever acts for a subject, oldest first. */
export async function membersOf(database: Database, role: string, subjectId: string | null): Promise<NamedMember[]> {
  const rows = await database.query
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .selectAll('membership')
    .select(['account.name', 'account.phone', 'account.email', 'account.email_verified'])
    .where('role', '=', role)
    .where('subject_id', subjectId === null ? 'is' : '=', subjectId)
    .where('ended_at', 'is', null)
    .orderBy('membership.created_at')
    .orderBy('membership.id')
    .execute()
  return rows.map(({ name, phone, email, email_verified, ...row }) => ({
    ...membershipFromRow(row),
    account: { name: name === '' ? null : name, phone, email: email_verified === 1 ? email : null },
  }))
}

/** The ranks that can manage an organisation, of which there is always one. */
export const managing = Rank.options.filter((rank) => ranks[rank].manage === 'any')

/**
 * A statement that makes its commit fail where nobody is left who can manage what the membership is for: a rank may not be null. Two who
 * make way for each other at the same moment cannot both see the other one.
 */
export function keepAManager(database: Database, { id, role, subjectId }: Membership): Compilable {
  const none = sql`null` as Expression<string>
  return database.query
    .updateTable('membership')
    .set({ rank: none })
    .where('id', '=', id)
    .where(
      ({ not, exists, selectFrom }): Expression<SqlBool> =>
        not(
          exists(
            selectFrom('membership as other')
              .select('other.id')
              .where('other.role', '=', role)
              .where('other.subject_id', subjectId === null ? 'is' : '=', subjectId)
              .where('other.ended_at', 'is', null)
              .where('other.rank', 'in', managing),
          ),
        ),
    )
}
