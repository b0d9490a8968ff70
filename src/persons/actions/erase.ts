import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { findAccount } from '../../accounts/store.ts'
import { ConcurrentChange } from '../../platform/database/database.ts'
import type { ErasedPerson } from '../../platform/erasures/erased-list.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Erased, ErasureReason, Person } from '../person.ts'
import { insertErasure } from '../store/erasures.ts'
import { lastVersion } from '../store.ts'
import { eraseAccount, eraseAnswers } from './erasing/account.ts'
import { eraseDealings } from './erasing/dealings.ts'
import { eraseFromDemands } from './erasing/demands.ts'
import { eraseDocuments } from './erasing/documents.ts'
import { type Erasing, joined } from './erasing/erasing.ts'
import { eraseFromIntakes } from './erasing/intakes.ts'
import { aroundPerson, namedIn } from './erasing/known.ts'
import { eraseLinks } from './erasing/links.ts'
import { eraseListings } from './erasing/listings.ts'
import { eraseVectors } from './erasing/texts.ts'
import { eraseFromVerifications } from './erasing/verifications.ts'
import { findPerson } from './find-person.ts'
import { type Marks, marksOf } from './marks.ts'

/** The operator erases somebody who asked for it without an account, or must not be held. 403, 404, 409. */
export async function erasePerson(ports: Ports, actor: Actor, id: string, reason: ErasureReason): Promise<Erased> {
  permit(actor, 'person.erase')
  return erase(ports, await findPerson(ports, id), { reason, by: actor.id })
}

/**
 * Erases a person: account, profiles, works, claims, contact details that others wrote down, with every version, vector and kept answer, in
 * one commit; then the list outside of the database, and messages. What index and files still hold goes with the job that is enqueued,
 * `sweep`. 409 where somebody kept changing what is to go, or nobody else could run the market.
 */
export async function erase(ports: Ports, person: Person, { reason, by }: { reason: ErasureReason; by: string }): Promise<Erased> {
  await refuseLastOperator(ports, person)
  const account = person.accountId === null ? undefined : await findAccount(ports.database, { id: person.accountId })
  const marks = marksOf(ports.secret, { phone: account?.phone ?? null, email: account?.email ?? null })
  return eraseKnownBy(ports, { person, marks, reason, by, before: null })
}

/** Erases whom these marks and ids stand for. */
export async function eraseKnownBy(
  ports: Ports,
  wanted: { person: Person; marks: Marks; reason: ErasureReason; by: string; before: string | null; listed?: ErasedPerson },
): Promise<Erased> {
  for (let tries = 3; ; tries--) {
    try {
      return await attempt(ports, wanted)
    } catch (error) {
      // Somebody changed what is to go: all is gathered anew.
      if (!(error instanceof ConcurrentChange)) throw error
      if (tries === 1) throw new Problem('changed-meanwhile', {}, { cause: error })
    }
  }
}

async function attempt(ports: Ports, { listed, ...wanted }: Parameters<typeof eraseKnownBy>[1]): Promise<Erased> {
  const { database } = ports
  const { person, marks, reason, by } = wanted
  const now = ports.now()
  const { id, at } = listed ?? { id: ports.newId('erasure'), at: now }
  const erasing: Erasing = { ...wanted, ports, at: now }
  const going = joined([await eraseListings(erasing), await eraseAccount(erasing)])
  const demands = await eraseFromDemands(erasing)
  const isNamedIn = await namedIn(erasing, demands.called)
  const around = await aroundPerson(erasing)
  const passed = await eraseDealings(erasing, isNamedIn)
  const documents = await eraseDocuments(erasing, isNamedIn, {
    ...around,
    subjectIds: [...around.subjectIds, ...demands.ids, ...passed.ids],
    goneIds: passed.going,
  })
  // Those of his own profiles are gone already.
  const others = around.subjectIds.filter((each) => !person.profileIds.includes(each))
  const changed = joined([demands, await eraseFromVerifications(erasing, isNamedIn, others)])
  const links = await eraseLinks(erasing)
  const dealings = joined([passed, await eraseFromIntakes(erasing, isNamedIn)])
  const vectors = await eraseVectors(database, going.ids)
  const subjectVersion = (await lastVersion(database, id)) + 1
  const entry = {
    subjectId: id,
    subjectVersion,
    kind: 'erasure.done',
    actorId: by,
    at: now,
    facts: { reason, documentsToCheck: documents.toCheck },
  } as const
  const ids = [...going.ids, ...documents.ids].toSorted()
  const erased = listed ?? { id, reason, at, ids, keyId: marks.keyId, marks: marks.values }
  await database.commit(
    record(database, entry),
    ...insertErasure(database, erased),
    ...going.statements,
    ...changed.statements,
    ...documents.statements,
    ...vectors.statements,
    ...links.statements,
    ...dealings.statements,
    ...(await eraseAnswers(erasing, [...going.ids, ...changed.ids, ...documents.ids, ...links.ids, ...dealings.ids])),
    enqueue(ports, { kind: 'persons.sweep', payload: {}, runAt: now }),
  )
  await ports.erased.add([erased])
  for (const blob of documents.blobs) await ports.files.remove(blob)
  await ports.messenger.forget(({ to }) => marks.has({ phone: to, email: to }))
  return {
    id,
    at,
    accountId: person.accountId,
    profileIds: [...person.profileIds],
    demandIds: demands.ids,
    documentIds: documents.ids,
    documentsToCheck: documents.toCheck,
    removed: ids.length,
  }
}

/** Without an operator nobody could run the market, nor make another one. */
async function refuseLastOperator({ database }: Ports, { accountId }: Person): Promise<void> {
  const rows = database.query.selectFrom('membership').select('account_id').where('role', '=', 'operator').where('ended_at', 'is', null)
  const operators = new Set((await rows.execute()).map(({ account_id }) => account_id))
  if (accountId !== null && operators.has(accountId) && operators.size === 1)
    throw new Problem('not-allowed-now', { reason: 'last-operator' })
}
