import { StoredEvidence } from '../../../directory/evidence.ts'
import { StoredExpert } from '../../../directory/expert.ts'
import { questionHash } from '../../../matching/query-vector.ts'
import { embeddedText, evidenceFields, expertFields, expertQuestion } from '../../../matching/texts.ts'
import type { Database } from '../../../platform/database/database.ts'
import { textHash } from '../../../platform/embedding/text-hash.ts'
import { parts, revisionsOf } from '../../store.ts'
import type { ErasedPart } from './erasing.ts'

/**
 * The vectors that were made of a person's texts, of whatever version. What else was made of them, such as the question with the titles of
 * former works, no listing has any more, and the nightly job deletes it.
 */
export async function eraseVectors(database: Database, ids: readonly string[]): Promise<ErasedPart> {
  const revisions = await revisionsOf(
    database,
    ids.filter((id) => /^(exp|evi)_/.test(id)),
  )
  const titles = revisions.flatMap(({ body }) => StoredEvidence.safeParse(body).data?.title ?? [])
  const hashes = await Promise.all(
    revisions.flatMap(({ body }) => {
      const expert = StoredExpert.safeParse(body).data
      const work = StoredEvidence.safeParse(body).data
      if (expert !== undefined) return [textHash(embeddedText(expertFields(expert))), questionHash(expertQuestion(expert, titles))]
      return work === undefined ? [] : [textHash(embeddedText(evidenceFields(work)))]
    }),
  )
  const statements = [...parts([...new Set(hashes)])].map((some) => database.query.deleteFrom('vector').where('text_hash', 'in', some))
  return { ids: [], statements }
}
