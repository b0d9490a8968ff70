import { membershipsOf, membersOf } from '../../accounts/store.ts'
import { mergers } from '../../organisations/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Person } from '../person.ts'
import { lastVersion } from '../store.ts'

/** The one person whom an account, an expert or a broker is. 404 for an id of which nothing is known. */
export async function findPerson({ database }: Pick<Ports, 'database'>, id: string): Promise<Person> {
  const kind = kindOfId(id)
  const isKnown = (kind === 'account' || kind === 'expert' || kind === 'broker') && (await lastVersion(database, id)) > 0
  if (!isKnown) throw new Problem('not-found', { id })
  const accountId = kind === 'account' ? id : await accountOf(database, await withMerged(database, [id]))
  const own = accountId === null ? [] : await profilesOf(database, accountId)
  const profileIds = await withMerged(database, kind === 'account' ? own : [id, ...own])
  return { accountId, profileIds, otherIds: [] }
}

/** The profiles that are the person himself, not an organisation that he acts for. */
async function profilesOf(database: Database, accountId: string): Promise<string[]> {
  const memberships = await membershipsOf(database, accountId)
  return memberships.flatMap(({ role, subjectId }) => ((role === 'expert' || role === 'broker') && subjectId !== null ? [subjectId] : []))
}

/** Who acts for a profile of one person is that person. */
async function accountOf(database: Database, profileIds: readonly string[]): Promise<string | null> {
  const members = await Promise.all(profileIds.map((id) => membersOf(database, id)))
  return members.flat()[0]?.accountId ?? null
}

/** With the profiles that were found to be the same ones, and merged. */
async function withMerged(database: Database, ids: readonly string[]): Promise<string[]> {
  const all = new Set(ids)
  for (const id of all) {
    for await (const { fromId } of mergers.each(database, { into_id: id, state: 'done' })) all.add(fromId)
    for await (const { intoId } of mergers.each(database, { from_id: id, state: 'done' })) all.add(intoId)
  }
  return [...all]
}
