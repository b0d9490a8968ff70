import type { Database } from '../../platform/database/database.ts'
import type { Page } from '../../platform/database/listings.ts'
import type { Interest } from '../interest.ts'
import type { Invitation, InvitationState } from '../invitation.ts'
import { interests, invitations } from '../store.ts'

/** Invitations to one who is asked (a person, an institution), and about what is his; newest first. */
export async function invitationsTo(
  database: Database,
  ofId: string,
  state: InvitationState | null,
  { after, limit }: Page,
): Promise<{ rows: Invitation[]; next: Page['after'] }> {
  const { query } = database
  const offerings = query.selectFrom('offering').select('id').where('owner_id', '=', ofId)
  let found = query
    .selectFrom('invitation')
    .select(['id', 'created_at'])
    .where((eb) => eb.or([eb('supply_id', '=', ofId), eb('supply_id', 'in', offerings)]))
  if (state !== null) found = found.where('state', '=', state)
  if (after !== null) {
    const { sort, id } = after
    found = found.where((eb) => eb.or([eb('created_at', '<', sort), eb.and([eb('created_at', '=', sort), eb('id', '>', id)])]))
  }
  const rows = await found
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const ids = rows.slice(0, limit).map(({ id }) => id)
  return { rows: await invitations.findMany(database, ids), next: last ? { sort: last.created_at, id: last.id } : null }
}

/** What is asked of an institution, of its results or its people: by enterprises and by brokers, newest first, 200 of each at most. */
export async function askedOf(
  database: Database,
  institutionId: string,
  isOpen: boolean,
): Promise<{ interests: Interest[]; invitations: Invitation[] }> {
  const { query } = database
  const ids = async (table: 'interest' | 'invitation') => {
    const offerings = query.selectFrom('offering').select('id').where('owner_id', '=', institutionId)
    const rows = await query
      // Both tables have these columns.
      .selectFrom(table as 'interest')
      .select('id')
      .where('state', isOpen ? '=' : '!=', 'open')
      .where((eb) =>
        eb.or([
          eb('supply_id', '=', institutionId),
          eb('supply_id', 'in', offerings),
          eb('supply_id', 'in', peopleOf(database, institutionId)),
        ]),
      )
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(200)
      .execute()
    return rows.map(({ id }) => id)
  }
  const [asked, invited] = [await ids('interest'), await ids('invitation')]
  return { interests: await interests.findMany(database, asked), invitations: await invitations.findMany(database, invited) }
}

/** Experts in whose profile the institution stands; the profile itself says as what. */
export const peopleOf = ({ query }: Database, institutionId: string) =>
  query.selectFrom('expert').select('id').where('body', 'like', `%"institutionId":"${institutionId}"%`)
