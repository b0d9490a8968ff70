import { verifications } from '../../../directory/store.ts'
import type { Verification } from '../../../directory/verification.ts'
import { eraseRevisions, recordRevision } from '../../../platform/journal/journal.ts'
import { lastVersion, revisionsOf } from '../../store.ts'
import { nobody } from './demands.ts'
import type { ErasedPart, Erasing } from './erasing.ts'
import type { NamedIn } from './known.ts'

/** Verifications of organisations that the person acted for, where what was written about them names him: they stand without those words. */
export async function eraseFromVerifications(
  { ports, reason, by, at }: Erasing,
  isNamedIn: NamedIn,
  subjectIds: readonly string[],
): Promise<ErasedPart> {
  const { database } = ports
  const part: ErasedPart = { ids: [], statements: [] }
  for (const subjectId of subjectIds)
    for await (const verification of verifications.each(database, { subject_id: subjectId })) {
      const { id } = verification
      const versions = await revisionsOf(database, [id])
      if (![verification, ...versions.map(({ body }) => body)].some((each) => isNamedIn(textOf(each)))) continue
      const version = (await lastVersion(database, id)) + 1
      const next: Verification = { ...verification, ...withoutWords(verification, isNamedIn), version, updatedAt: at }
      const entry = {
        subjectId: id,
        subjectVersion: version,
        kind: 'verification.text.erased',
        actorId: by,
        at,
        facts: { reason },
      } as const
      part.ids.push(id)
      part.statements.push(
        ...recordRevision(ports, entry, next),
        ...verifications.update(database, next),
        eraseRevisions(database, id, version),
      )
    }
  return part
}

const textOf = ({ note, email, link, reason }: Partial<Record<'note' | 'email' | 'link' | 'reason', unknown>>) =>
  [note, email, link, reason].map((each) => each ?? '').join('\n')

/** A decision that needed its reason keeps that it had one. */
const withoutWords = ({ note, email, link, reason }: Verification, isNamedIn: NamedIn) => ({
  email: email !== null && isNamedIn(email) ? null : email,
  link: link !== null && isNamedIn(link) ? null : link,
  note: note !== null && isNamedIn(note) ? null : note,
  reason: reason !== null && isNamedIn(reason) ? nobody : reason,
})
