import { demands } from '../demands/store.ts'
import { brokers, counties, enterprises, evidence, experts, institutions, parks, providers, verifications } from '../directory/store.ts'
import { disclosures } from '../disclosures/store.ts'
import { contacts, delegations, engagements, interests, invitations, referrals, shortlists } from '../engagements/store.ts'
import { intakes } from '../intake/store.ts'
import { refusals } from '../matching/store.ts'
import { offerings } from '../offerings/store.ts'
import { claims, mergers } from '../organisations/store.ts'
import { judgments } from '../quality/store.ts'
import { twins } from '../twins/store.ts'

/** The rows of every kind that a file may bring, in an order in which references look back. */
export const rowsOf = {
  park: parks,
  enterprise: enterprises,
  institution: institutions,
  expert: experts,
  broker: brokers,
  offering: offerings,
  evidence,
  demand: demands,
}

/** The rows of all listings. */
export const listingRows = {
  ...rowsOf,
  county: counties,
  provider: providers,
  verification: verifications,
  claim: claims,
  merger: mergers,
  disclosure: disclosures,
  refusal: refusals,
  judgment: judgments,
  interest: interests,
  invitation: invitations,
  referral: referrals,
  delegation: delegations,
  engagement: engagements,
  contact: contacts,
  shortlist: shortlists,
  intake: intakes,
  twins,
}
