import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { ErasedPerson } from '../../platform/erasures/erased-list.ts'
import { kindOfId } from '../../platform/ids.ts'
import { log } from '../../platform/log.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Person } from '../person.ts'
import { erasedThatReturned, erasureIds, listErasures } from '../store/erasures.ts'
import { eraseKnownBy } from './erase.ts'
import { keptMarks } from './marks.ts'

/**
 * Before anybody reads: whom the list outside of the database names and the database does not know to be erased, is erased again, and so is
 * whatever came back under an id that was erased. A backup that was restored is why. Returns how many persons.
 */
export async function reapplyErasures(ports: Ports): Promise<number> {
  const listed = await ports.erased.read()
  const known = await erasureIds(ports.database)
  const isComplete = known.size <= listed.length && [...known].every((id) => listed.some((person) => person.id === id))
  if (!isComplete) await ports.erased.add(await listErasures(ports.database))
  const applied = await applyErasures(
    ports,
    listed.filter(({ id }) => !known.has(id)),
    'market',
  )
  const returned = await eraseReturned(ports)
  if (applied + returned > 0) log('warn', 'erased again what a restored backup had brought back', { erasures: applied, returned })
  return applied + returned
}

/** Who was erased, for those who keep the list where no backup reaches. 403. */
export async function readErasures(ports: Ports, actor: Actor): Promise<ErasedPerson[]> {
  permit(actor, 'erasure.read')
  return listErasures(ports.database)
}

/** Applies a list that was kept elsewhere; what is known already is passed over. 403. */
export async function applyList(ports: Ports, actor: Actor, persons: readonly ErasedPerson[]): Promise<number> {
  permit(actor, 'erasure.apply')
  const known = await erasureIds(ports.database)
  return applyErasures(
    ports,
    persons.filter(({ id }) => !known.has(id)),
    actor.id,
  )
}

async function applyErasures(ports: Ports, persons: readonly ErasedPerson[], by: string): Promise<number> {
  for (const listed of persons) {
    const marks = keptMarks(ports.secret, listed)
    if (listed.marks.length > 0 && marks.isOfOtherKey)
      log('warn', 'the marks of an erasure were made with another secret: only its ids are applied', { erasure: listed.id })
    const wanted = { marks, reason: 'returned', by, before: listed.at } as const
    await eraseKnownBy(ports, { ...wanted, person: personOf(listed.ids), listed })
    // The same number may have had an account under another id by the time of the backup; one that was made since is somebody's own wish.
    for (const accountId of await accountsKnownBy(ports, marks, listed.at))
      await eraseKnownBy(ports, { ...wanted, person: { accountId, profileIds: [], otherIds: [] } })
  }
  return persons.length
}

async function eraseReturned(ports: Ports): Promise<number> {
  const ids = await erasedThatReturned(ports.database)
  if (ids.length === 0) return 0
  const marks = keptMarks(null, { keyId: null, marks: [] })
  const accounts = ids.filter((id) => kindOfId(id) === 'account')
  const others = ids.filter((id) => kindOfId(id) !== 'account')
  const wanted = { marks, reason: 'returned', by: 'market', before: null } as const
  if (others.length > 0) await eraseKnownBy(ports, { ...wanted, person: personOf(others) })
  for (const accountId of accounts) await eraseKnownBy(ports, { ...wanted, person: { accountId, profileIds: [], otherIds: [] } })
  return ids.length
}

function personOf(ids: readonly string[]): Person {
  const of = (...kinds: string[]) => ids.filter((id) => kinds.includes(kindOfId(id) ?? ''))
  return {
    accountId: of('account')[0] ?? null,
    profileIds: of('expert', 'broker'),
    otherIds: of('evidence', 'claim', 'merger', 'attachment'),
  }
}

async function accountsKnownBy({ database }: Ports, marks: ReturnType<typeof keptMarks>, before: string): Promise<string[]> {
  if (marks.values.length === 0) return []
  const rows = await database.query.selectFrom('account').select(['id', 'phone', 'email']).where('created_at', '<', before).execute()
  return rows.filter((row) => marks.has(row)).map(({ id }) => id)
}
