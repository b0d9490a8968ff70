import { commonly, commonTime, type Demand, isHidden } from '../demands/demand.ts'
import type { Enterprise } from '../directory/enterprise.ts'
import { commonMonth } from '../directory/enterprise.ts'
import type { Evidence } from '../directory/evidence.ts'
import { type Expert, shownFrom } from '../directory/expert.ts'
import type { Institution } from '../directory/institution.ts'
import type { Offering } from '../offerings/offering.ts'
import { ancestorsOf, type Code } from '../platform/codes/codes.ts'
import { textHash } from '../platform/embedding/text-hash.ts'
import type { DocumentKind, Filters, IndexChange, Tier } from '../platform/search/search-index.ts'
import { unstuffed } from './stuffing.ts'
import {
  demandFields,
  demandTeaser,
  embeddedText,
  enterpriseFields,
  evidenceFields,
  expertFields,
  type Fields,
  institutionFields,
  maskedExpertFields,
  offeringFields,
  offeringTeaser,
} from './texts.ts'

/** Rows → documents: what each tier of reader may find, and by which codes. Only what is open to matches is indexed. */

export async function demandDocument(demand: Demand): Promise<IndexChange> {
  if (demand.state !== 'published') return { type: 'remove', id: demand.id }
  // Neither the hour nor the number by which it was imported may put a hidden one in its place.
  const noun = isHidden(demand) ? { ...demand, publishedAt: commonTime(demand), originId: null } : demand
  return put('demand', noun, byTier(demand.visibility, demandFields(demand), demandTeaser(demand)), {
    // Filters are the same for every reader.
    ...codeFilters(commonly(demand).classification),
    region: withAncestors(commonly(demand).region),
    mode: demand.modes,
    channel: isHidden(demand) ? [] : [demand.channel],
    budget: [demand.budgetMinFen === null && demand.budgetMaxFen === null ? 'open' : 'stated'],
  })
}

export async function offeringDocument(offering: Offering): Promise<IndexChange> {
  if (offering.state !== 'published') return { type: 'remove', id: offering.id }
  return put('offering', offering, byTier(offering.visibility, offeringFields(offering), offeringTeaser(offering)), {
    ...codeFilters(offering.classification),
    region: withAncestors(offering.region),
    mode: offering.modes,
    form: [offering.kind],
    readiness: offering.readiness === null ? [] : [String(offering.readiness.level)],
    stage: offering.stage === null ? [] : [offering.stage],
    owner: offering.ownerId === null ? [] : [offering.ownerId],
  })
}

export async function expertDocument(expert: Expert): Promise<IndexChange> {
  if (expert.consent === false) return { type: 'remove', id: expert.id }
  // Whom the profile is kept from finds nothing; whom the name is kept from, the field.
  const { name } = shownFrom(expert)
  const texts = withinReach(expert.visibility, byTier(name, expertFields(expert), maskedExpertFields(expert)))
  const isNamed = name === 'public'
  return put('expert', expert, texts, {
    ...codeFilters(expert.classification),
    region: withAncestors(expert.region),
    // Filters are the same for every reader: they tell no more than the least of them may know.
    mode: isNamed ? expert.modes : [],
    title: isNamed && expert.titleLevel !== null ? [expert.titleLevel] : [],
    institution: isNamed || !expert.claimed ? expert.affiliations.map(({ institutionId }) => institutionId) : [],
  })
}

/** A row with a text of its own; it shows who did it, so it is found where the person may be found. */
export async function evidenceDocument(evidence: Evidence, expert: Expert | undefined): Promise<IndexChange> {
  if (evidence.offeringId !== null || expert === undefined || expert.consent === false) return { type: 'remove', id: evidence.id }
  const fields = evidenceFields(evidence)
  return put('evidence', evidence, byTier(shownFrom(expert).works, fields, null), { expert: [expert.id], kind: [evidence.kind] })
}

export async function institutionDocument(institution: Institution): Promise<IndexChange> {
  return put('institution', institution, byTier(institution.visibility, institutionFields(institution), null), {
    ...codeFilters(institution.classification),
    region: withAncestors(institution.region),
    kind: [institution.kind],
  })
}

export async function enterpriseDocument(enterprise: Enterprise): Promise<IndexChange> {
  return put(
    'enterprise',
    { ...enterprise, createdAt: commonMonth(enterprise.createdAt) },
    byTier(enterprise.visibility, enterpriseFields(enterprise), null),
    {
      ...codeFilters(enterprise.classification),
      region: withAncestors(enterprise.region),
      park: enterprise.parkId === null ? [] : [enterprise.parkId],
    },
  )
}

type Reading = { tiers: Tier[]; fields: Fields }

/** What is shown to whom: everything to all, to the signed in, or under NDA only; outsiders get the teaser, where there is one. */
function byTier(visibility: 'public' | 'registered' | 'nda', whole: Fields, teaser: Fields | null): Reading[] {
  const insiders: Tier[] = { public: ['public', 'registered', 'full'], registered: ['registered', 'full'], nda: ['full'] }[
    visibility
  ] as Tier[]
  const outsiders = (['public', 'registered', 'full'] as const).filter((tier) => !insiders.includes(tier))
  return [
    { tiers: insiders, fields: whole },
    ...(teaser !== null && outsiders.length > 0 ? [{ tiers: [...outsiders], fields: teaser }] : []),
  ]
}

/** The readings without the tiers from which a visibility keeps all of it. */
function withinReach(visibility: 'public' | 'registered' | 'nda', readings: Reading[]): Reading[] {
  const [reached] = byTier(visibility, { title: '', body: '', keywords: '' }, null)
  const within = readings.map(({ tiers, fields }) => ({ fields, tiers: tiers.filter((tier) => reached!.tiers.includes(tier)) }))
  return within.filter(({ tiers }) => tiers.length > 0)
}

async function put(
  kind: DocumentKind,
  noun: { id: string; originId: string | null; createdAt: string; publishedAt?: string | null },
  readings: Reading[],
  filters: Filters,
): Promise<IndexChange> {
  const texts = await Promise.all(
    readings.map(async ({ tiers, fields }) => {
      const said = unstuffed(fields)
      return { tiers, text: { ...said, textHash: await textHash(embeddedText(fields)) } }
    }),
  )
  return { type: 'put', kind, id: noun.id, tieBreak: noun.originId ?? noun.id, on: noun.publishedAt ?? noun.createdAt, texts, filters }
}

function codeFilters(classification: readonly Code[]): Filters {
  const of = (scheme: Code['scheme']) => classification.filter((code) => code.scheme === scheme)
  const withParents = (codes: Code[]) => [...new Set(codes.flatMap((code) => withAncestors(code)))]
  return {
    industry: withParents(of('gbt4754')),
    chain: of('chain').map(({ code }) => code),
    discipline: withParents([...of('gbt13745'), ...of('degree-catalogue')]),
  }
}

function withAncestors(code: Code | null): string[] {
  return code === null ? [] : [code, ...ancestorsOf(code)].map((each) => each.code)
}
