import type { Compilable } from 'kysely'
import { parts } from '../../store.ts'
import type { ErasedPart, Erasing } from './erasing.ts'

/**
 * Invitations and one-time links that went to the person's number or address, or are about his account; what he invited others to stays
 * without him. Of those that were made since a list was written nothing is meant.
 */
export async function eraseLinks({ ports: { database }, person, marks, before }: Erasing): Promise<ErasedPart> {
  const { query } = database
  const isMeant = ({ created_at }: { created_at: string }) => before === null || created_at < before
  const accountId = person.accountId ?? ''
  const sent = await query.selectFrom('link').select(['id', 'object_id', 'contact', 'created_at']).execute()
  const links = sent.filter(
    (link) => isMeant(link) && (link.object_id === accountId || marks.has({ phone: link.contact, email: link.contact })),
  )
  const asked = await query.selectFrom('member_invitation').select(['id', 'phone', 'email', 'created_at']).execute()
  const invitations = asked.filter((invitation) => isMeant(invitation) && marks.has(invitation))
  const idsOf = (rows: { id: string }[]) => [...parts(rows.map(({ id }) => id))]
  const statements: Compilable[] = [
    ...idsOf(links).map((some) => query.deleteFrom('link').where('id', 'in', some)),
    ...idsOf(invitations).map((some) => query.deleteFrom('member_invitation').where('id', 'in', some)),
    query.updateTable('member_invitation').set({ account_id: null }).where('account_id', '=', accountId),
  ]
  return { ids: [...links, ...invitations].map(({ id }) => id), statements }
}
