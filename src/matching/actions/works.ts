import type { Evidence } from '../../directory/evidence.ts'
import { evidence } from '../../directory/store.ts'
import type { Offering, OfferingView } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Kind, kindOfId } from '../../platform/ids.ts'
import type { Vote } from '../candidates.ts'
import type { Quotable } from '../explain.ts'
import { claimsOfEvidence, claimsOfOffering } from '../indicators.ts'
import { quotablesOfOffering } from '../reader.ts'

/** A result or a row of evidence that speaks for somebody. */
export type Work = Offering | Evidence
/** Of so many of the best documents the texts are read. */
const documentsRead = 5
export const votesRead = (votes: readonly Vote[]) => votes.slice(0, documentsRead).map(({ documentId }) => documentId)

/** Results and rows of evidence by id; a profile is neither. */
export async function worksBehind(database: Database, ids: readonly string[]): Promise<Map<string, Work>> {
  const of = (kind: Kind) => [...new Set(ids)].filter((id) => kindOfId(id) === kind)
  const works = [...(await offerings.findMany(database, of('offering'))), ...(await evidence.findMany(database, of('evidence')))]
  return new Map(works.map((work) => [work.id, work]))
}

export const inOrder = (works: Map<string, Work>, votes: readonly Vote[]) => votesRead(votes).flatMap((id) => works.get(id) ?? [])
export const claimsOfWork = (work: OfferingView | Work) => ('expertId' in work ? claimsOfEvidence(work) : claimsOfOffering(work))
export const quotablesOfWork = (work: OfferingView | Evidence): Quotable[] =>
  'expertId' in work ? quotablesOfEvidence(work) : quotablesOfOffering(work)

function quotablesOfEvidence({ id, title, abstract }: Evidence): Quotable[] {
  const source = { kind: 'evidence' as const, id, title: title ?? '' }
  return [title, abstract].flatMap((text) => (text === null ? [] : [{ source, text }]))
}
