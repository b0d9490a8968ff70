import { Vetting } from '../demands/vetting.ts'
import { Code } from '../platform/codes/codes.ts'
import { EvidenceLevel, IpKind, IpStatus, Mode, Stage } from '../platform/codes/enums.ts'
import type { FieldError } from '../platform/problem.ts'
import { day, fen, id, instant, stored, text, texts, Visibility, z } from '../platform/schema.ts'
import { type OfferingState, offeringLifecycle } from './lifecycle.ts'

/** A measured advantage over what is used today; figures as written. Without evidence it counts as `unstated`. */
export const Advantage = z
  .strictObject({
    name: text(1, 80),
    ours: text(1, 120),
    incumbent: text(1, 120).nullable(),
    unit: text(1, 40).nullable(),
    condition: text(1, 120).nullable(),
    evidence: text(1, 300).nullable(),
    evidenceLevel: EvidenceLevel,
  })
  .openapi('Advantage')

export const IntellectualProperty = z
  .strictObject({ kind: IpKind, number: text(1, 60).nullable(), status: IpStatus })
  .openapi('IntellectualProperty')

export const Price = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), amountFen: fen }),
    z.strictObject({ kind: z.literal('range'), minFen: fen, maxFen: fen }),
    z.strictObject({ kind: z.literal('negotiable') }),
  ])
  .openapi('Price')

/** Level on the common scale of nine, and the scale it was stated on. */
export const Readiness = z
  .strictObject({ scale: z.enum(['trl', 'materials', 'stage']), level: z.number().int().min(1).max(9) })
  .openapi('Readiness')

/** Where the text of a lead was published and under which licence. */
export const Citation = z.strictObject({ source: text(1, 300), licence: text(1, 120) }).openapi('Citation')

/** What an institution writes when it lists a result, or what is known of published work. 成果 / 文献线索 */
export const OfferingDraft = z
  .strictObject({
    title: text(4, 200),
    kind: z.enum(['result', 'lead']),
    /** Institution or enterprise that offers it; null for a lead, whose authors are not in the market. */
    ownerId: z.union([id('itn'), id('ent')]).nullable(),
    /** One line for the public. */
    teaser: text(4, 200).nullable(),
    /** Which problem it solves. */
    problemSolved: text(1, 2000).nullable(),
    /** What it is and how it works. */
    abstract: text(1, 8000).nullable(),
    /** What only those may read who accepted the market's non-disclosure terms for this offering. It is in no index. */
    confidential: text(1, 8000).nullable(),
    keywords: texts(20, 80),
    classification: z.array(Code).max(20),
    region: Code.nullable(),
    stage: Stage.nullable(),
    readiness: Readiness.nullable(),
    advantages: z.array(Advantage).max(20),
    ip: z.array(IntellectualProperty).max(50),
    modes: z.array(Mode).max(30),
    price: Price.nullable(),
    pricing: z.enum(['agreement', 'listing', 'auction']).nullable(),
    /** Where it may be used; an empty list is everywhere. */
    territory: z.array(Code).max(20),
    /** When work with a client could begin. */
    availableFrom: day.nullable(),
    registrationNo: text(1, 40).nullable(),
    registeredOn: day.nullable(),
    /** 已经本单位保密审查: the owner's own secrecy review. */
    isSecrecyReviewed: z.boolean(),
    citation: Citation.nullable(),
    visibility: Visibility,
    expiresOn: day.nullable(),
  })
  .openapi('OfferingDraft')
export type OfferingDraft = z.infer<typeof OfferingDraft>

export const Offering = OfferingDraft.extend({
  id: id('off'),
  state: z.enum(Object.keys(offeringLifecycle) as [OfferingState, ...OfferingState[]]),
  vetting: z.array(Vetting).max(60),
  returnReason: text(1, 500).nullable(),
  publishedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  ...stored,
}).openapi('Offering')
export type Offering = z.infer<typeof Offering>

export const blankOffering: Omit<OfferingDraft, 'title' | 'kind'> = {
  ownerId: null,
  teaser: null,
  problemSolved: null,
  abstract: null,
  confidential: null,
  keywords: [],
  classification: [],
  region: null,
  stage: null,
  readiness: null,
  advantages: [],
  ip: [],
  modes: [],
  price: null,
  pricing: null,
  territory: [],
  availableFrom: null,
  registrationNo: null,
  registeredOn: null,
  isSecrecyReviewed: false,
  citation: null,
  visibility: 'public',
  expiresOn: null,
}

/** A lead as it stands in the market: published without anybody's vetting, because it is published already. */
export function publishedLead(
  lead: Pick<Offering, 'id' | 'title' | 'abstract' | 'keywords' | 'citation'> & {
    originId: string
    classification?: Offering['classification']
  },
  at: string,
): Offering {
  return {
    ...blankOffering,
    ...lead,
    classification: lead.classification ?? [],
    kind: 'lead',
    state: 'published',
    vetting: [],
    returnReason: null,
    publishedAt: at,
    confirmedAt: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}

/** An offering as somebody may read it: `teaser` leaves out what its owner shows to registered readers or under NDA only. */
export const OfferingView = Offering.omit({ vetting: true })
  .extend({
    reading: z.enum(['whole', 'teaser']),
    vetting: z.array(Vetting).max(60).nullable(),
    /** Whether there is something confidential, which this reader may see or not. */
    hasConfidential: z.boolean(),
  })
  .openapi('OfferingView')
export type OfferingView = z.infer<typeof OfferingView>

/** Faults that one field alone cannot show. `today` is the market's day. */
export function offeringFaults(draft: OfferingDraft, today: string): FieldError[] {
  const faults: FieldError[] = []
  if (draft.kind === 'result' && draft.ownerId === null) faults.push({ pointer: '/ownerId', code: 'required' })
  if (draft.kind === 'lead') {
    // Published work whose authors are not in the market: nobody offers it, so nobody can name terms.
    for (const name of ['ownerId', 'price', 'pricing'] as const)
      if (draft[name] !== null) faults.push({ pointer: `/${name}`, code: 'not-for-leads' })
    if (draft.ip.length > 0) faults.push({ pointer: '/ip', code: 'not-for-leads' })
    if (draft.citation === null) faults.push({ pointer: '/citation', code: 'required' })
  }
  if (draft.price?.kind === 'range' && draft.price.minFen > draft.price.maxFen)
    faults.push({ pointer: '/price/maxFen', code: 'below-minimum' })
  if (draft.expiresOn !== null && draft.expiresOn < today) faults.push({ pointer: '/expiresOn', code: 'past-day', facts: { today } })
  return faults
}

/** Whether others may know of it. */
export function isPublishedOffering({ state }: { state: Offering['state'] }): boolean {
  return state === 'published' || state === 'expired'
}

/** Whether it may be matched on a day. */
export function isOnOffer({ state, expiresOn }: Pick<Offering, 'state' | 'expiresOn'>, today: string): boolean {
  return state === 'published' && (expiresOn === null || expiresOn >= today)
}
