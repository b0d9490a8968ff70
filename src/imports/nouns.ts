import type { Actor } from '../accounts/actor.ts'
import { blankDemand, Demand, DemandDraft, demandFaults, isPublished } from '../demands/demand.ts'
import { withParsedForm } from '../demands/indicators.ts'
import { recordedChecks, type Vetting, VettingCheck } from '../demands/vetting.ts'
import { type Broker, BrokerDraft, blankBroker } from '../directory/broker.ts'
import { blankEnterprise, type Enterprise, EnterpriseDraft } from '../directory/enterprise.ts'
import { blankEvidence, type Evidence, EvidenceDraft } from '../directory/evidence.ts'
import { blankExpert, Expert, ExpertDraft } from '../directory/expert.ts'
import { blankInstitution, Institution, InstitutionDraft } from '../directory/institution.ts'
import { blankPark, type Park, ParkDraft } from '../directory/park.ts'
import { blankOffering, isPublishedOffering, Offering, OfferingDraft, offeringFaults } from '../offerings/offering.ts'
import { checkCreditCode } from '../platform/codes/credit-code.ts'
import type { StoredNoun } from '../platform/database/listings.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import type { FieldError } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'

/** What an import knows beside its rows. */
export interface Context {
  actor: Actor
  now: string
  /** Listings are published, with the operator's checks; else they are drafts. */
  publish: boolean
  /** Place of the row in its file, from 1. */
  index: number
}

/** What a file may say of a noun, and how that becomes a whole one. */
interface Definition<Draft, Noun extends StoredNoun> {
  /** What people write, and what else an export carries. */
  schema: z.ZodObject & z.ZodType<Draft>
  blank: Partial<Draft>
  /** Members that hold ids; `*` is each item of a list. */
  references: { path: readonly string[]; kinds: readonly ImportKind[] }[]
  /** Faults across fields. `today` is the market's day. */
  faults(draft: Draft, today: string): FieldError[]
  /** What looks wrong and stops nothing. */
  doubts(draft: Draft): FieldError[]
  /** All but what every stored noun has. */
  complete(draft: Draft, context: Context): Omit<Noun, Stored>
  /** The noun without what is made of its draft again. */
  written(noun: Noun): object
}
type Stored = 'id' | 'originId' | 'version' | 'createdAt' | 'updatedAt'

/** A definition as the import uses it: whatever its schema has parsed is its draft. */
export type Importable = Definition<object, StoredNoun>

const same = <Noun>(noun: Noun) => noun

const park = importable<ParkDraft, Park>({ schema: ParkDraft, blank: blankPark, complete: same })

const enterprise = importable<EnterpriseDraft, Enterprise>({
  schema: EnterpriseDraft,
  blank: blankEnterprise,
  references: [{ path: ['parkId'], kinds: ['park'] }],
  doubts: doubtfulCreditCode,
  complete: same,
})

const InstitutionRow = InstitutionDraft.extend({ hasStandingTrust: Institution.shape.hasStandingTrust })
const institution = importable<z.infer<typeof InstitutionRow>, Institution>({
  schema: InstitutionRow,
  blank: { ...blankInstitution, hasStandingTrust: false },
  references: [{ path: ['parentId'], kinds: ['institution'] }],
  doubts: doubtfulCreditCode,
  complete: same,
})

const ExpertRow = ExpertDraft.extend({ claimed: Expert.shape.claimed })
const expert = importable<z.infer<typeof ExpertRow>, Expert>({
  schema: ExpertRow,
  blank: { ...blankExpert, claimed: false },
  references: [{ path: ['affiliations', '*', 'institutionId'], kinds: ['institution'] }],
  complete: (draft) => ({ ...draft, confirmedAt: null, enrolled: null }),
})

const broker = importable<BrokerDraft, Broker>({ schema: BrokerDraft, blank: blankBroker, complete: same })

const OfferingRow = OfferingDraft.extend({ state: Offering.shape.state.nullable() })
const offering = importable<z.infer<typeof OfferingRow>, Offering>({
  schema: OfferingRow,
  blank: { ...blankOffering, state: null },
  references: [{ path: ['ownerId'], kinds: ['institution', 'enterprise'] }],
  faults: offeringFaults,
  complete: (draft, context) => ({
    ...draft,
    ...publication(draft.state ?? 'published', context, isPublishedOffering),
    returnReason: null,
    confirmedAt: context.now,
  }),
})

const EvidenceRow = EvidenceDraft.safeExtend({ position: z.number().int().min(1).nullable() })
const evidence = importable<z.infer<typeof EvidenceRow>, Evidence>({
  schema: EvidenceRow,
  blank: { ...blankEvidence, position: null },
  references: [
    { path: ['expertId'], kinds: ['expert'] },
    { path: ['offeringId'], kinds: ['offering'] },
  ],
  // Completers that state no place stand in the order of the file.
  complete: (draft, { index }) => ({ ...draft, position: draft.position ?? index, verifiedBy: null }),
})

const DemandRow = DemandDraft.extend({ brokerId: Demand.shape.brokerId, state: Demand.shape.state.nullable() })
const demand = importable<z.infer<typeof DemandRow>, Demand>({
  schema: DemandRow,
  blank: { ...blankDemand, brokerId: null, state: null },
  references: [
    { path: ['enterpriseId'], kinds: ['enterprise'] },
    { path: ['brokerId'], kinds: ['broker'] },
  ],
  faults: demandFaults,
  complete: (draft, context) => ({
    ...draft,
    ...publication(draft.state ?? 'published', context, isPublished),
    indicators: draft.indicators.map(withParsedForm),
    enteredBy: context.actor.id,
    outward: null,
    proposal: null,
    onBehalfOf: draft.enterpriseId,
    confirmation: null,
    returnReason: null,
    routing: null,
    mergedIntoId: null,
    confirmedAt: null,
  }),
  written: (noun) => ({ ...noun, indicators: noun.indicators.map(({ text, need }) => ({ text, need })) }),
})

/** In an order in which references look back. */
export const importables: Record<ImportKind, Importable> = { park, enterprise, institution, expert, broker, offering, evidence, demand }

/** What others would see needs `publish` and carries the checks of the operator who imports it, whatever the row says of its state. */
function publication<State extends string>(
  state: State,
  { actor, now, publish }: Context,
  isSeen: (listing: { state: State }) => boolean,
): { state: State | 'draft'; vetting: Vetting[]; publishedAt: string | null } {
  if (!isSeen({ state })) return { state, vetting: [], publishedAt: null }
  if (!publish) return { state: 'draft', vetting: [], publishedAt: null }
  const checks = VettingCheck.options.map((check) => ({ check, result: 'passed' as const, reason: null }))
  return { state, vetting: recordedChecks(checks, actor, now), publishedAt: now }
}

function doubtfulCreditCode({ creditCode }: { creditCode: string | null }): FieldError[] {
  if (creditCode === null) return []
  return checkCreditCode(creditCode).warnings.map(({ code, facts }) => ({ pointer: '/creditCode', code, facts }))
}

type Own<Draft, Noun extends StoredNoun> = Pick<Definition<Draft, Noun>, 'schema' | 'blank' | 'complete'> & Partial<Definition<Draft, Noun>>

/** Forgets which noun it is: a draft comes from the schema that stands beside the functions, so they take it. */
function importable<Draft, Noun extends StoredNoun>(own: Own<Draft, Noun>): Importable {
  const plain = { references: [], faults: () => [], doubts: () => [], written: same }
  return { ...plain, ...own } as unknown as Importable
}
