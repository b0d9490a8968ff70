import type { Enterprise } from '../directory/enterprise.ts'
import type { Offering } from '../offerings/offering.ts'
import type { Outward } from './anonymity.ts'
import type { Demand } from './demand.ts'

/** A registered enterprise as everybody may know it: where and what it is, and all that is published under its name. */
export interface Profile extends Outward {
  id: string
  texts: readonly string[]
}

/** The enterprises with their listings, of which those are given that everybody may read with their owner's name. */
export function profilesFrom(
  enterprises: readonly Enterprise[],
  demands: readonly Demand[],
  offerings: readonly Pick<Offering, 'ownerId' | 'title' | 'teaser' | 'problemSolved' | 'abstract' | 'keywords'>[],
): Profile[] {
  const texts = new Map(enterprises.map(({ id, name, summary, products }) => [id, written(name, summary, ...products)]))
  for (const { enterpriseId, title, teaser, problem, currentState, tried, ownConditions, keywords } of demands)
    texts.get(enterpriseId)?.push(...written(title, teaser, problem, currentState, tried, ownConditions, ...keywords))
  for (const { ownerId, title, teaser, problemSolved, abstract, keywords } of offerings)
    texts.get(ownerId ?? '')?.push(...written(title, teaser, problemSolved, abstract, ...keywords))
  return enterprises.map(({ id, region, classification }) => ({ id, region, classification, texts: texts.get(id)! }))
}

const written = (...texts: (string | null)[]) => texts.filter((text) => text !== null)
