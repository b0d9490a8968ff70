import type { Demand } from '../../demands/demand.ts'
import type { Code } from '../../platform/codes/codes.ts'
import { textHash } from '../../platform/embedding/text-hash.ts'
import { findVectors } from '../../platform/embedding/vector-rows.ts'
import type { Ports } from '../../platform/ports.ts'
import { needsIn, sharedTerms } from '../explain.ts'
import { fieldsOf, liesApart } from '../fields.ts'
import type { ProblemKind } from '../problem-kind.ts'
import { queryVector } from '../query-vector.ts'
import type { Ranked } from '../ranking.ts'
import { demandQuestion, embeddedText, offeringFields } from '../texts.ts'
import type { OfferingPairing, RankedOfferings } from './match-offerings.ts'
import { kindNearest } from './problem-kind.ts'

/** So many of the first are the list that everybody looks at: nothing is taken out of it, and its fields are the near ones. */
const first = 10
const shownAtMost = 3
/** As many candidates from other fields are looked at, best first. */
const lookedAt = 20

/** A result from a field far from the list's that is good at the same kind of problem. */
export interface Elsewhere {
  item: Ranked<OfferingPairing>
  fields: Code[]
  kind: ProblemKind
}

export type Split = RankedOfferings & { elsewhere: Elsewhere[] }

/**
 * A ranking in two: the list, and at most three of what stands further down in it, lies in other fields than the demand and the first ten,
 * is at least of the field by the words of confidence, and is near the same kind of problem as the demand (function without field). What is
 * shown there is not in the list. Without a model nothing is.
 */
export async function withElsewhere(ports: Ports, demand: Demand, found: RankedOfferings): Promise<Split> {
  const elsewhere = await chosen(ports, demand, found.ranking)
  const ids = new Set(elsewhere.map(({ item }) => item.offering.id))
  return { ...found, ranking: found.ranking.filter(({ offering }) => !ids.has(offering.id)), elsewhere }
}

async function chosen(ports: Ports, demand: Demand, ranking: readonly Ranked<OfferingPairing>[]): Promise<Elsewhere[]> {
  const { embedder, database } = ports
  const near = fieldsOf([...demand.classification, ...ranking.slice(0, first).flatMap(({ offering }) => offering.classification)])
  const far = ranking
    .slice(first)
    .filter(({ fit, offering }) => fit !== 'none' && liesApart(fieldsOf(offering.classification), near))
    .slice(0, lookedAt)
  const question = far.length === 0 ? null : await queryVector(ports, demandQuestion(demand), true)
  if (embedder === null || question === null) return []
  const kind = await kindNearest(embedder, question)
  if (kind === null) return []
  const hashes = await Promise.all(far.map(({ offering }) => textHash(embeddedText(offeringFields(offering)))))
  const vectors = await findVectors(database, embedder.model, hashes)
  const needs = needsIn([demandQuestion(demand)])
  const found: Elsewhere[] = []
  for (const [at, item] of far.entries()) {
    const vector = vectors.get(hashes[at]!)
    if (vector === undefined || (await kindNearest(embedder, vector)) !== kind) continue
    // Something must be in common that one can point at.
    if (sharedTerms(needs, embeddedText(offeringFields(item.offering)), 1).length === 0) continue
    found.push({ item, fields: fieldsOf(item.offering.classification), kind })
    if (found.length === shownAtMost) break
  }
  return found
}
