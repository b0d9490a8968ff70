import type { Demand } from '../../demands/demand.ts'
import type { Broker } from '../../directory/broker.ts'
import type { County } from '../../directory/county.ts'
import type { Enterprise } from '../../directory/enterprise.ts'
import type { Evidence } from '../../directory/evidence.ts'
import type { Expert } from '../../directory/expert.ts'
import type { Institution } from '../../directory/institution.ts'
import type { Park } from '../../directory/park.ts'
import type { Provider } from '../../directory/provider.ts'
import type { Verification } from '../../directory/verification.ts'
import type { Disclosure } from '../../disclosures/disclosure.ts'
import type { Contact } from '../../engagements/contact.ts'
import type { Delegation } from '../../engagements/delegation.ts'
import type { Engagement } from '../../engagements/engagement.ts'
import type { Interest } from '../../engagements/interest.ts'
import type { Invitation } from '../../engagements/invitation.ts'
import type { Referral } from '../../engagements/referral.ts'
import type { Shortlist } from '../../engagements/shortlist.ts'
import type { Intake } from '../../intake/intake.ts'
import type { Refusal } from '../../matching/refusal.ts'
import type { Offering } from '../../offerings/offering.ts'
import type { Claim } from '../../organisations/claim.ts'
import type { Merger } from '../../organisations/merger.ts'
import type { Judgment } from '../../quality/judgment.ts'
import type { Twins } from '../../twins/twins.ts'
import type { Group } from './register.ts'

/** Every field of a noun: the group of personal data that it belongs to, or null where it is none. The compiler misses none of them. */
type Fields<Noun> = Record<keyof Noun, Group | null>

const stored = { id: null, originId: null, version: null, createdAt: null, updatedAt: null }
/** What an organisation says of itself. */
const organisation = { ...stored, name: null, region: null, summary: null, visibility: null }

const enterprise: Fields<Enterprise> = {
  ...organisation,
  creditCode: null,
  size: null,
  parkId: null,
  classification: null,
  products: null,
}
const park: Fields<Park> = { ...organisation, classification: null }
const county: Fields<County> = organisation
const provider: Fields<Provider> = { ...organisation, creditCode: null, classification: null, services: null }
const institution: Fields<Institution> = {
  ...organisation,
  kind: null,
  parentId: null,
  creditCode: null,
  classification: null,
  // The name of an office, never of a person.
  transferOffice: null,
  hasStandingTrust: null,
}

const expert: Fields<Expert> = {
  ...stored,
  // At its source it may stand for the person.
  originId: 'identity',
  name: 'identity',
  nameEn: 'identity',
  orcid: 'identity',
  affiliations: 'position',
  titleLevel: 'position',
  title: 'position',
  degree: 'position',
  region: 'expertise',
  classification: 'expertise',
  field: 'expertise',
  summary: 'expertise',
  methods: 'expertise',
  materials: 'expertise',
  instruments: 'expertise',
  keywords: 'expertise',
  modes: 'expertise',
  capacity: 'terms',
  minFeeFen: 'terms',
  travelRadiusKm: 'terms',
  hostConsent: 'terms',
  mutedTopics: 'terms',
  conflicts: 'terms',
  consent: 'choices',
  source: 'choices',
  visibility: 'choices',
  shown: 'choices',
  claimed: 'choices',
  confirmedAt: 'choices',
  enrolled: 'choices',
}

const evidence: Fields<Evidence> = {
  ...stored,
  originId: 'works',
  expertId: 'works',
  kind: 'works',
  role: 'works',
  offeringId: 'works',
  title: 'works',
  abstract: 'works',
  on: 'works',
  source: 'works',
  number: 'works',
  link: 'works',
  position: 'works',
  verifiedBy: 'actors',
}

const broker: Fields<Broker> = {
  ...stored,
  originId: 'broker',
  name: 'broker',
  organisation: 'broker',
  grade: 'broker',
  certificateNo: 'broker',
  region: 'broker',
  classification: 'broker',
  summary: 'broker',
  visibility: null,
}

const demand: Fields<Demand> = {
  ...stored,
  businessContact: 'contacts',
  technicalContact: 'contacts',
  confirmation: 'contacts',
  enteredBy: 'actors',
  vetting: 'actors',
  proposal: 'actors',
  brokerId: 'actors',
  title: null,
  teaser: null,
  problem: null,
  currentState: null,
  tried: null,
  ownConditions: null,
  confidential: null,
  outward: null,
  indicators: null,
  constraints: null,
  classification: null,
  keywords: null,
  region: null,
  readinessFrom: null,
  readinessTo: null,
  modes: null,
  ipExpectation: null,
  isExclusive: null,
  budgetMinFen: null,
  budgetMaxFen: null,
  deadlineOn: null,
  expectedStartOn: null,
  expiresOn: null,
  isAnonymous: null,
  visibility: null,
  channel: null,
  enterpriseId: null,
  state: null,
  onBehalfOf: null,
  returnReason: null,
  routing: null,
  mergedIntoId: null,
  publishedAt: null,
  confirmedAt: null,
}

const offering: Fields<Offering> = {
  ...stored,
  vetting: 'actors',
  title: null,
  kind: null,
  ownerId: null,
  teaser: null,
  problemSolved: null,
  confidential: null,
  abstract: null,
  keywords: null,
  classification: null,
  region: null,
  stage: null,
  readiness: null,
  advantages: null,
  ip: null,
  modes: null,
  price: null,
  pricing: null,
  territory: null,
  availableFrom: null,
  registrationNo: null,
  registeredOn: null,
  isSecrecyReviewed: null,
  citation: null,
  visibility: null,
  expiresOn: null,
  state: null,
  returnReason: null,
  publishedAt: null,
  confirmedAt: null,
}

const verification: Fields<Verification> = {
  ...stored,
  // Of somebody who entered the market himself it is his own.
  name: 'identity',
  note: 'claims',
  email: 'claims',
  link: 'claims',
  institutionIds: 'position',
  reason: 'claims',
  requestedBy: 'actors',
  decidedBy: 'actors',
  visibility: null,
  subjectId: null,
  creditCode: null,
  state: null,
  codeCheck: null,
  decidedAt: null,
}

const claim: Fields<Claim> = {
  ...stored,
  accountId: 'claims',
  subjectId: 'claims',
  note: 'claims',
  agreed: 'claims',
  state: 'claims',
  decidedAt: 'claims',
  reason: 'claims',
  decidedBy: 'actors',
  visibility: null,
}

const merger: Fields<Merger> = {
  ...stored,
  reason: 'claims',
  fromId: null,
  intoId: null,
  state: null,
  moved: null,
  filled: null,
  visibility: null,
  visibilityBefore: null,
}

const disclosure: Fields<Disclosure> = {
  ...stored,
  readerId: 'readings',
  accountId: 'readings',
  kind: 'readings',
  textVersion: 'readings',
  reason: 'readings',
  state: 'readings',
  until: 'readings',
  endedBy: 'actors',
  subjectId: null,
  visibility: null,
}

const dealing = { ...stored, demandId: null, visibility: null }
const refusal: Fields<Refusal> = {
  ...dealing,
  supplyId: 'dealings',
  side: null,
  code: 'dealings',
  note: 'dealings',
  isReleased: 'dealings',
  by: 'actors',
  state: null,
}

const judgment: Fields<Judgment> = { ...dealing, supplyId: 'dealings', grade: 'dealings', by: 'actors' }

const interest: Fields<Interest> = {
  ...dealing,
  supplyId: 'dealings',
  from: null,
  askedBy: 'actors',
  note: 'dealings',
  askerContact: 'dealings',
  state: null,
  answeredBy: 'actors',
  answeredAt: null,
  answererContact: 'dealings',
  decline: 'dealings',
  how: null,
  referralId: null,
}

const invitation: Fields<Invitation> = {
  ...dealing,
  supplyId: 'dealings',
  sentBy: 'actors',
  note: 'dealings',
  expiresAt: null,
  state: null,
  how: null,
  answeredBy: 'dealings',
  answeredAt: null,
  decline: 'dealings',
  referralId: null,
}

const referral: Fields<Referral> = {
  ...dealing,
  invitationId: null,
  interestId: null,
  sentBy: 'actors',
  fromId: 'dealings',
  name: 'dealings',
  institution: 'dealings',
  note: 'dealings',
  state: null,
  supplyId: 'dealings',
  closedBy: 'actors',
}

const delegation: Fields<Delegation> = {
  ...stored,
  visibility: null,
  institutionId: null,
  requestId: null,
  by: 'actors',
  to: 'dealings',
  note: 'dealings',
  until: null,
  since: null,
  former: 'dealings',
  state: null,
}

const engagement: Fields<Engagement> = {
  ...dealing,
  supplyId: 'dealings',
  outside: 'dealings',
  brokerId: 'actors',
  state: null,
  steps: 'dealings',
  causeId: null,
}

const shortlist: Fields<Shortlist> = {
  ...dealing,
  madeBy: 'actors',
  note: 'dealings',
  items: 'dealings',
  sent: 'dealings',
  answeredBy: 'dealings',
  answeredAt: null,
}

const contact: Fields<Contact> = {
  ...stored,
  visibility: null,
  subjectId: 'dealings',
  channel: null,
  result: null,
  withWhom: 'dealings',
  note: 'dealings',
  on: null,
  next: 'dealings',
  by: 'actors',
  nextDoneAt: null,
  // Whom one met, and who decides.
  visit: 'dealings',
  interview: 'dealings',
}

const intake: Fields<Intake> = {
  ...stored,
  visibility: null,
  name: null,
  format: null,
  encoding: null,
  fileSha256: null,
  channel: null,
  receivedBy: 'actors',
}

const twins: Fields<Twins> = {
  ...stored,
  visibility: null,
  firstId: null,
  secondId: null,
  state: null,
  decidedBy: 'actors',
  merging: null,
}

export const nounFields = {
  enterprise,
  park,
  county,
  institution,
  expert,
  broker,
  provider,
  verification,
  claim,
  merger,
  disclosure,
  evidence,
  demand,
  offering,
  refusal,
  judgment,
  interest,
  invitation,
  referral,
  delegation,
  engagement,
  contact,
  shortlist,
  intake,
  twins,
}
