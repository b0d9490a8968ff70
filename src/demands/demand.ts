import { Code } from '../platform/codes/codes.ts'
import { Channel, Mode } from '../platform/codes/enums.ts'
import type { FieldError } from '../platform/problem.ts'
import { day, fen, id, instant, stored, text, texts, Visibility, z } from '../platform/schema.ts'
import type { Outward } from './anonymity.ts'
import { type DemandState, demandLifecycle } from './lifecycle.ts'
import { Vetting } from './vetting.ts'

const statesOf = <State extends string>(lifecycle: Record<State, unknown>) => Object.keys(lifecycle) as [State, ...State[]]

/** A person to talk to. Personal data: shown to nobody before accounts exist, never in the journal. */
export const ContactPerson = z
  .strictObject({ name: text(1, 60), phone: text(1, 40).nullable(), email: z.email().max(120).nullable() })
  .openapi('ContactPerson')

/** An indicator as the enterprise wrote it, and whether the answer must meet it. */
export const IndicatorDraft = z.strictObject({ text: text(1, 300), need: z.enum(['must', 'want']) }).openapi('IndicatorDraft')

/** What could be read out of the text: null where the text is not plain. Values are in `unit`. */
export const ParsedIndicator = z
  .strictObject({
    name: z.string(),
    operator: z.enum(['ge', 'le', 'gt', 'lt', 'eq', 'range']),
    target: z.number(),
    /** Only for `range`: then `target` is the lower bound. */
    targetMax: z.number().nullable(),
    unit: z.string(),
    condition: z.string().nullable(),
  })
  .openapi('ParsedIndicator')
export type ParsedIndicator = z.infer<typeof ParsedIndicator>

export const Indicator = IndicatorDraft.extend({ parsed: ParsedIndicator.nullable() }).openapi('Indicator')
export type Indicator = z.infer<typeof Indicator>

/** What an enterprise writes when it states a technical problem. 难题需求 */
export const DemandDraft = z
  .strictObject({
    title: text(4, 120),
    /** One line for the public; the owner approves it. */
    teaser: text(4, 200).nullable(),
    /** The problem in plain words. */
    problem: text(2, 8000).nullable(),
    currentState: text(1, 4000).nullable(),
    /** What was tried and failed. */
    tried: text(1, 4000).nullable(),
    /** Lines, laboratories, samples and data at hand. */
    ownConditions: text(1, 4000).nullable(),
    /** What only those may read who accepted the market's non-disclosure terms for this demand. It is in no index. */
    confidential: text(1, 8000).nullable(),
    indicators: z.array(IndicatorDraft).max(40),
    constraints: texts(20, 300),
    /** Industries, chains, disciplines: codes with scheme and edition. */
    classification: z.array(Code).max(20),
    keywords: texts(20, 60),
    region: Code.nullable(),
    readinessFrom: z.number().int().min(1).max(9).nullable(),
    readinessTo: z.number().int().min(1).max(9).nullable(),
    modes: z.array(Mode).max(30),
    ipExpectation: text(1, 500).nullable(),
    isExclusive: z.boolean().nullable(),
    budgetMinFen: fen.nullable(),
    budgetMaxFen: fen.nullable(),
    deadlineOn: day.nullable(),
    expectedStartOn: day.nullable(),
    expiresOn: day.nullable(),
    businessContact: ContactPerson.nullable(),
    technicalContact: ContactPerson.nullable(),
    isAnonymous: z.boolean(),
    visibility: Visibility,
    channel: Channel,
    /** Whose problem it is. */
    enterpriseId: id('ent'),
  })
  .openapi('DemandDraft')
export type DemandDraft = z.infer<typeof DemandDraft>

/** The enterprise's yes to what somebody else entered for it. */
export const Confirmation = z
  .strictObject({ how: z.enum(['link', 'phone', 'signature']), by: text(1, 60), at: instant })
  .openapi('Confirmation')
export type Confirmation = z.infer<typeof Confirmation>

/** Where a demand that is not technical was sent: finance, recruitment, sales … */
export const Routing = z
  .strictObject({ to: z.enum(['finance', 'recruitment', 'sales', 'policy', 'other']), reason: text(1, 500) })
  .openapi('Routing')
export type Routing = z.infer<typeof Routing>

/** The fields in which a demand says what it is about: nobody but its owner words them. */
export const wordedFields = ['title', 'teaser', 'problem', 'currentState', 'tried', 'ownConditions', 'indicators'] as const
export type WordedField = (typeof wordedFields)[number]
const { title, teaser, problem, currentState, tried, ownConditions, indicators } = DemandDraft.shape
/** Other words for some of these fields. */
export const Wording = z
  .strictObject({ title, teaser, problem, currentState, tried, ownConditions, indicators })
  .partial()
  .openapi('Wording')
export type Wording = z.infer<typeof Wording>

/** What the operator or the broker would write instead; it changes nothing until the owner accepts it. 改写建议 */
export const Proposal = z
  .strictObject({
    by: z.string(),
    at: instant,
    changes: Wording,
    note: text(1, 500).nullable(),
    /** Null while it waits for the owner. */
    answer: z
      .strictObject({ verdict: z.enum(['accepted', 'refused']), reason: text(1, 500).nullable(), by: z.string(), at: instant })
      .nullable(),
  })
  .openapi('Proposal')
export type Proposal = z.infer<typeof Proposal>
/** Whether it waits for the owner's answer. */
export const isOpenProposal = (proposal: Proposal | null): proposal is Proposal => proposal !== null && proposal.answer === null

export const Demand = DemandDraft.extend({
  id: id('dem'),
  state: z.enum(statesOf<DemandState>(demandLifecycle)),
  indicators: z.array(Indicator).max(40),
  /** The assigned broker. */
  brokerId: id('bro').nullable(),
  /** The actor who typed it in. */
  enteredBy: z.string(),
  /** What outsiders are told of its place and codes, where its enterprise is not named to them; see `anonymity.ts`. */
  outward: z.object({ region: Code.nullable(), classification: z.array(Code) }).nullable(),
  /** The enterprise it was entered for, when somebody else typed it in. */
  onBehalfOf: id('ent').nullable(),
  confirmation: Confirmation.nullable(),
  vetting: z.array(Vetting).max(60),
  /** Why vetting returned it; null once it is requested again. */
  returnReason: text(1, 500).nullable(),
  /** The last one, answered or not. */
  proposal: Proposal.nullable(),
  routing: Routing.nullable(),
  /** The demand that goes on with what was told here; only of one that was merged. */
  mergedIntoId: id('dem').nullable(),
  publishedAt: instant.nullable(),
  /** When the owner last said that it still stands. */
  confirmedAt: instant.nullable(),
  ...stored,
}).openapi('Demand')
export type Demand = z.infer<typeof Demand>

export const blankDemand: Omit<DemandDraft, 'title' | 'enterpriseId'> = {
  teaser: null,
  problem: null,
  currentState: null,
  tried: null,
  ownConditions: null,
  confidential: null,
  indicators: [],
  constraints: [],
  classification: [],
  keywords: [],
  region: null,
  readinessFrom: null,
  readinessTo: null,
  modes: [],
  ipExpectation: null,
  isExclusive: null,
  budgetMinFen: null,
  budgetMaxFen: null,
  deadlineOn: null,
  expectedStartOn: null,
  expiresOn: null,
  businessContact: null,
  technicalContact: null,
  isAnonymous: false,
  visibility: 'public',
  channel: 'enterprise',
}

/**
 * A demand as somebody may read it. `public` and `registered` readings of a demand that shows less leave out the detail:
 * the title gives way to the teaser, an anonymous enterprise is null.
 */
export const DemandView = Demand.omit({ enteredBy: true, vetting: true, outward: true })
  .extend({
    /** The teaser, or failing that the id, where the title is not shown. */
    title: text(4, 200),
    enterpriseId: id('ent').nullable(),
    /** By which way it came: null for outsiders who are not told whose it is. */
    channel: Channel.nullable(),
    /** Whether the whole demand is shown, or its teaser only. */
    reading: z.enum(['whole', 'teaser']),
    vetting: z.array(Vetting).max(60).nullable(),
    /** Whether there is something confidential, which this reader may see or not. */
    hasConfidential: z.boolean(),
  })
  .openapi('DemandView')
export type DemandView = z.infer<typeof DemandView>

/** Faults that one field alone cannot show. `today` is the market's day. */
export function demandFaults(draft: Omit<DemandDraft, 'title' | 'enterpriseId'>, today: string): FieldError[] {
  const faults: FieldError[] = []
  const { budgetMinFen, budgetMaxFen, readinessFrom, readinessTo } = draft
  if (budgetMinFen !== null && budgetMaxFen !== null && budgetMinFen > budgetMaxFen)
    faults.push({ pointer: '/budgetMaxFen', code: 'below-minimum' })
  if (readinessFrom !== null && readinessTo !== null && readinessFrom > readinessTo)
    faults.push({ pointer: '/readinessTo', code: 'below-minimum' })
  for (const name of ['deadlineOn', 'expiresOn'] as const) {
    const day = draft[name]
    if (day !== null && day < today) faults.push({ pointer: `/${name}`, code: 'past-day', facts: { today } })
  }
  return faults
}

/** Whether others may know of it: published, or closed after having been so. */
export function isPublished({ state }: { state: Demand['state'] }): boolean {
  return state === 'published' || state === 'solved' || state === 'expired'
}

/** Whether outsiders are not told whose it is. */
export function isHidden({ isAnonymous, visibility }: Pick<Demand, 'isAnonymous' | 'visibility'>): boolean {
  return isAnonymous || visibility !== 'public'
}

/** The texts that those read who are not told whose it is: all of an anonymous one that is not under NDA, else the teaser. */
export function textsForOutsiders(demand: DemandDraft): { pointer: string; text: string }[] {
  if (!isHidden(demand)) return []
  const { teaser, title, problem, currentState, tried, ownConditions, ipExpectation, indicators, constraints, keywords } = demand
  const isRead = demand.isAnonymous && demand.visibility !== 'nda'
  const single = isRead ? { teaser, title, problem, currentState, tried, ownConditions, ipExpectation } : { teaser }
  const several: Record<string, string[]> = isRead ? { indicators: indicators.map(({ text }) => text), constraints, keywords } : {}
  return [
    ...Object.entries(single).flatMap(([name, text]) => (text === null ? [] : [{ pointer: `/${name}`, text }])),
    ...Object.entries(several).flatMap(([name, texts]) => texts.map((text, at) => ({ pointer: `/${name}/${at}`, text }))),
  ]
}

/** Its place and codes as everybody may know them. */
export function commonly(demand: Pick<Demand, 'region' | 'classification' | 'isAnonymous' | 'visibility' | 'outward'>): Outward {
  // What was stored before there was an outward form tells nothing until it is written again.
  return isHidden(demand) ? (demand.outward ?? { region: null, classification: [] }) : demand
}

/**
 * When it came, as everybody may know it: of what is hidden no more than the ten days (旬) in which the market published it. The day
 * would tell whose other listings came on the same; the days on which its enterprise wrote, changed or confirmed it, who was at work.
 */
export function commonTime({ publishedAt, createdAt }: Pick<Demand, 'publishedAt' | 'createdAt'>): string {
  const at = publishedAt ?? createdAt
  const day = at.slice(8, 10)
  return `${at.slice(0, 8)}${day <= '10' ? '01' : day <= '20' ? '11' : '21'}T00:00:00.000Z`
}

/** Whether it is open for matches on a day. */
export function isOpen({ state, expiresOn }: Pick<Demand, 'state' | 'expiresOn'>, today: string): boolean {
  return state === 'published' && (expiresOn === null || expiresOn >= today)
}
