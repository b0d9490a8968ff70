import fc from 'fast-check'
import type { Demand } from '../src/demands/demand.ts'
import { demandLifecycle } from '../src/demands/lifecycle.ts'
import { VettingCheck } from '../src/demands/vetting.ts'
import type { Broker } from '../src/directory/broker.ts'
import { type Enterprise, EnterpriseSize } from '../src/directory/enterprise.ts'
import { type Evidence, EvidenceKind, EvidenceRole } from '../src/directory/evidence.ts'
import { ContactSharing, Enrolled, type Expert, ExpertSource } from '../src/directory/expert.ts'
import { type Institution, InstitutionKind } from '../src/directory/institution.ts'
import type { Park } from '../src/directory/park.ts'
import { offeringLifecycle } from '../src/offerings/lifecycle.ts'
import type { Offering } from '../src/offerings/offering.ts'
import { type Code, codeIn, codesOf, type Scheme } from '../src/platform/codes/codes.ts'
import { BrokerGrade, Channel, Degree, EvidenceLevel, IpKind, IpStatus, Mode, Stage, TitleLevel } from '../src/platform/codes/enums.ts'
import { type Kind, prefixes } from '../src/platform/ids.ts'
import { isStorable, Visibility } from '../src/platform/schema.ts'

/** Any noun that its schema admits, without the members that the store of a test gives: id and originId. */
export type Content<Noun> = Omit<Noun, 'id' | 'originId'>

const character = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...'高温合金涂层焊接变形疲劳寿命检测传感器，。；℃ ') },
  { weight: 3, arbitrary: fc.constantFrom(...'aZ09%_?$:"\'`\\\n\t/', "'; --", '\u3000', '\u202e', '👩🏽‍🔬', '𠮷', 'e\u0301') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isStorable) },
)

/** Text of `min` to `max` characters as a schema leaves it: trimmed. Rarely as long as is allowed. */
const text = (min: number, max: number) =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .array(character, { minLength: min, maxLength: Math.min(max, 40) })
        .map((parts) => parts.join('').trim())
        .filter((text) => [...text].length >= min && [...text].length <= max),
    },
    { weight: 1, arbitrary: fc.constant('涂'.repeat(max)) },
  )
const texts = (count: number, max: number) => fc.array(text(1, max), { maxLength: Math.min(count, 4) })
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 })
const oneOf = <Value extends string>({ options }: { options: readonly Value[] }) => fc.constantFrom(...options)
const someOf = <Value extends string>({ options }: { options: readonly Value[] }) => fc.subarray([...options])
const states = <State extends string>(lifecycle: Record<State, unknown>) => fc.constantFrom(...(Object.keys(lifecycle) as State[]))

export const anyId = (kind: Kind) =>
  fc
    .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), { minLength: 20, maxLength: 20 })
    .map((letters) => `${prefixes[kind]}_${letters.join('')}`)

const day = fc.integer({ min: -30_000, max: 60_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
const instant = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const fen = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER))

const codeOf = (scheme: Scheme) => fc.constantFrom(...codesOf(scheme)).map(({ code }) => codeIn(scheme, code))
const region = orNull(codeOf('region'))
const classification = fc.uniqueArray(fc.oneof(...(['gbt4754', 'chain', 'gbt13745', 'hightech', 'sei'] as const).map(codeOf)), {
  maxLength: 20,
  selector: ({ scheme, code }: Code) => `${scheme} ${code}`,
})

const stored = { version: fc.integer({ min: 1, max: 1_000_000 }), createdAt: instant, updatedAt: instant }
const visibility = oneOf(Visibility)
const modes = someOf(Mode)
const vetting = fc.array(
  fc.record({
    check: oneOf(VettingCheck),
    result: fc.constantFrom('passed' as const, 'failed' as const),
    reason: orNull(text(1, 500)),
    by: text(1, 30),
    at: instant,
  }),
  { maxLength: 3 },
)

export const anyPark: fc.Arbitrary<Content<Park>> = fc.record({
  name: text(2, 120),
  region,
  classification,
  summary: orNull(text(1, 2000)),
  visibility,
  ...stored,
})

export const anyEnterprise: fc.Arbitrary<Content<Enterprise>> = fc.record({
  name: text(2, 120),
  creditCode: orNull(fc.constant('91999901MA00000A1X')),
  size: orNull(oneOf(EnterpriseSize)),
  region,
  parkId: orNull(anyId('park')),
  classification,
  summary: orNull(text(1, 2000)),
  products: texts(20, 80),
  visibility,
  ...stored,
})

export const anyInstitution: fc.Arbitrary<Content<Institution>> = fc.record({
  name: text(2, 120),
  kind: oneOf(InstitutionKind),
  parentId: orNull(anyId('institution')),
  creditCode: orNull(fc.constant('12999900000000000X')),
  region,
  classification,
  summary: orNull(text(1, 2000)),
  transferOffice: orNull(text(2, 120)),
  visibility,
  hasStandingTrust: fc.boolean(),
  ...stored,
})

export const anyExpert: fc.Arbitrary<Content<Expert>> = fc.record({
  name: text(2, 60),
  nameEn: orNull(text(2, 80)),
  orcid: orNull(fc.constant('0000-0002-1825-0097')),
  affiliations: fc.array(fc.record({ institutionId: anyId('institution'), department: orNull(text(1, 120)), post: orNull(text(1, 80)) }), {
    maxLength: 5,
  }),
  titleLevel: orNull(oneOf(TitleLevel)),
  title: orNull(text(1, 40)),
  degree: orNull(oneOf(Degree)),
  region,
  classification,
  field: orNull(text(2, 80)),
  summary: orNull(text(1, 3000)),
  methods: texts(20, 60),
  materials: texts(20, 60),
  instruments: texts(20, 60),
  keywords: texts(20, 60),
  modes,
  capacity: orNull(
    fc.record({
      daysPerYear: orNull(fc.integer({ min: 0, max: 366 })),
      maxParallel: orNull(fc.integer({ min: 0, max: 100 })),
      freeFrom: orNull(day),
    }),
  ),
  minFeeFen: orNull(fen),
  travelRadiusKm: orNull(fc.integer({ min: 0, max: 20_000 })),
  hostConsent: orNull(fc.boolean()),
  consent: orNull(fc.boolean()),
  source: oneOf(ExpertSource),
  visibility,
  shown: fc.record({ name: visibility, works: visibility, contact: oneOf(ContactSharing) }),
  mutedTopics: texts(20, 60),
  conflicts: fc.array(fc.record({ kind: fc.constantFrom('same-unit', 'equity', 'joint-work', 'other'), name: text(2, 120) }), {
    maxLength: 5,
  }),
  claimed: fc.boolean(),
  confirmedAt: orNull(instant),
  enrolled: orNull(oneOf(Enrolled)),
  ...stored,
})

export const anyBroker: fc.Arbitrary<Content<Broker>> = fc.record({
  name: text(2, 60),
  organisation: orNull(text(2, 120)),
  grade: orNull(oneOf(BrokerGrade)),
  certificateNo: orNull(text(2, 60)),
  region,
  classification,
  summary: orNull(text(1, 2000)),
  visibility,
  ...stored,
})

export const anyEvidence: fc.Arbitrary<Content<Evidence>> = fc
  .record({
    expertId: anyId('expert'),
    kind: oneOf(EvidenceKind),
    role: orNull(oneOf(EvidenceRole)),
    offeringId: anyId('offering'),
    title: text(2, 300),
    abstract: orNull(text(1, 5000)),
    on: orNull(fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([whole, length]) => whole.slice(0, length))),
    source: orNull(text(1, 300)),
    number: orNull(text(2, 200)),
    link: orNull(fc.webUrl().filter(({ length }) => length <= 500)),
    position: fc.integer({ min: 1, max: 1000 }),
    verifiedBy: orNull(text(1, 30)),
    ...stored,
  })
  .chain((row) => fc.constantFrom<Content<Evidence>>({ ...row, offeringId: null }, { ...row, title: null }))

export const anyOffering: fc.Arbitrary<Content<Offering>> = fc.record({
  title: text(4, 200),
  kind: fc.constantFrom('result' as const, 'lead' as const),
  ownerId: orNull(fc.oneof(anyId('institution'), anyId('enterprise'))),
  teaser: orNull(text(4, 200)),
  problemSolved: orNull(text(1, 2000)),
  abstract: orNull(text(1, 8000)),
  confidential: orNull(text(1, 8000)),
  keywords: texts(20, 80),
  classification,
  region,
  stage: orNull(oneOf(Stage)),
  readiness: orNull(
    fc.record({ scale: fc.constantFrom('trl' as const, 'materials' as const, 'stage' as const), level: fc.integer({ min: 1, max: 9 }) }),
  ),
  advantages: fc.array(
    fc.record({
      name: text(1, 80),
      ours: text(1, 120),
      incumbent: orNull(text(1, 120)),
      unit: orNull(text(1, 40)),
      condition: orNull(text(1, 120)),
      evidence: orNull(text(1, 300)),
      evidenceLevel: oneOf(EvidenceLevel),
    }),
    { maxLength: 3 },
  ),
  ip: fc.array(fc.record({ kind: oneOf(IpKind), number: orNull(text(1, 60)), status: oneOf(IpStatus) }), { maxLength: 3 }),
  modes,
  price: orNull(
    fc.oneof(
      fc.record({ kind: fc.constant('fixed' as const), amountFen: fen }),
      fc.record({ kind: fc.constant('range' as const), minFen: fen, maxFen: fen }),
      fc.record({ kind: fc.constant('negotiable' as const) }),
    ),
  ),
  pricing: orNull(fc.constantFrom('agreement' as const, 'listing' as const, 'auction' as const)),
  territory: classification,
  availableFrom: orNull(day),
  registrationNo: orNull(text(1, 40)),
  registeredOn: orNull(day),
  isSecrecyReviewed: fc.boolean(),
  citation: orNull(fc.record({ source: text(1, 300), licence: text(1, 120) })),
  visibility,
  expiresOn: orNull(day),
  state: states(offeringLifecycle),
  vetting,
  returnReason: orNull(text(1, 500)),
  publishedAt: orNull(instant),
  confirmedAt: orNull(instant),
  ...stored,
})

const contact = orNull(fc.record({ name: text(1, 60), phone: orNull(text(1, 40)), email: orNull(fc.constant('chen.gong@example.com')) }))
const indicator = fc.record({
  text: text(1, 300),
  need: fc.constantFrom('must' as const, 'want' as const),
  parsed: orNull(
    fc.record({
      name: text(1, 20),
      operator: fc.constantFrom('ge' as const, 'le' as const, 'gt' as const, 'lt' as const, 'eq' as const, 'range' as const),
      // JSON has no negative zero.
      target: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      targetMax: orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
      unit: text(1, 10),
      condition: orNull(text(1, 40)),
    }),
  ),
})

export const anyDemand: fc.Arbitrary<Content<Demand>> = fc.record({
  mergedIntoId: orNull(fc.constant('dem_aaaaaaaaaaaaaaaaaaaa')),
  title: text(4, 120),
  teaser: orNull(text(4, 200)),
  problem: orNull(text(2, 8000)),
  currentState: orNull(text(1, 4000)),
  tried: orNull(text(1, 4000)),
  ownConditions: orNull(text(1, 4000)),
  confidential: orNull(text(1, 8000)),
  indicators: fc.array(indicator, { maxLength: 4 }),
  constraints: texts(20, 300),
  classification,
  keywords: texts(20, 60),
  region,
  readinessFrom: orNull(fc.integer({ min: 1, max: 9 })),
  readinessTo: orNull(fc.integer({ min: 1, max: 9 })),
  modes,
  ipExpectation: orNull(text(1, 500)),
  isExclusive: orNull(fc.boolean()),
  budgetMinFen: orNull(fen),
  budgetMaxFen: orNull(fen),
  deadlineOn: orNull(day),
  expectedStartOn: orNull(day),
  expiresOn: orNull(day),
  businessContact: contact,
  technicalContact: contact,
  isAnonymous: fc.boolean(),
  visibility,
  channel: oneOf(Channel),
  enterpriseId: anyId('enterprise'),
  state: states(demandLifecycle),
  brokerId: orNull(anyId('broker')),
  enteredBy: text(1, 30),
  outward: orNull(fc.record({ region, classification })),
  onBehalfOf: orNull(anyId('enterprise')),
  confirmation: orNull(
    fc.record({ how: fc.constantFrom('link' as const, 'phone' as const, 'signature' as const), by: text(1, 60), at: instant }),
  ),
  vetting,
  proposal: orNull(
    fc.record({
      by: fc.constant('op_1'),
      at: instant,
      changes: fc.record(
        {
          title: text(4, 120),
          problem: orNull(text(2, 400)),
          indicators: fc.array(
            indicator.map(({ text, need }) => ({ text, need })),
            { maxLength: 3 },
          ),
        },
        { requiredKeys: [] },
      ),
      note: orNull(text(1, 500)),
      answer: orNull(
        fc.record({
          verdict: fc.constantFrom('accepted' as const, 'refused' as const),
          reason: orNull(text(1, 500)),
          by: fc.constant('ent_1'),
          at: instant,
        }),
      ),
    }),
  ),
  returnReason: orNull(text(1, 500)),
  routing: orNull(
    fc.record({
      to: fc.constantFrom('finance' as const, 'recruitment' as const, 'sales' as const, 'policy' as const, 'other' as const),
      reason: text(1, 500),
    }),
  ),
  publishedAt: orNull(instant),
  confirmedAt: orNull(instant),
  ...stored,
})
