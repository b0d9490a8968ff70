import { describe, expect, it } from 'vitest'
import { memoryDatabase } from '../../../tests/worlds.ts'
import { Demand } from '../../demands/demand.ts'
import { Broker } from '../../directory/broker.ts'
import { County } from '../../directory/county.ts'
import { Enterprise } from '../../directory/enterprise.ts'
import { Evidence } from '../../directory/evidence.ts'
import { Expert } from '../../directory/expert.ts'
import { Institution } from '../../directory/institution.ts'
import { Park } from '../../directory/park.ts'
import { Provider } from '../../directory/provider.ts'
import { Verification } from '../../directory/verification.ts'
import { Disclosure } from '../../disclosures/disclosure.ts'
import { Contact } from '../../engagements/contact.ts'
import { Delegation } from '../../engagements/delegation.ts'
import { Engagement } from '../../engagements/engagement.ts'
import { Interest } from '../../engagements/interest.ts'
import { Invitation } from '../../engagements/invitation.ts'
import { Referral } from '../../engagements/referral.ts'
import { Shortlist } from '../../engagements/shortlist.ts'
import { Intake } from '../../intake/intake.ts'
import { Refusal } from '../../matching/refusal.ts'
import { Offering } from '../../offerings/offering.ts'
import { Claim } from '../../organisations/claim.ts'
import { Merger } from '../../organisations/merger.ts'
import { listingTables } from '../../platform/database/listings.ts'
import { wordsOf } from '../../platform/i18n/words.ts'
import { defaultPrivacy } from '../../privacy/settings.ts'
import { Judgment } from '../../quality/judgment.ts'
import { Twins } from '../../twins/twins.ts'
import { noticeOf } from '../parts/notice.ts'
import { nounFields } from './nouns.ts'
import { groups, placesOf } from './register.ts'
import { tableFields } from './tables.ts'

const nouns = {
  enterprise: Enterprise,
  park: Park,
  county: County,
  institution: Institution,
  expert: Expert,
  broker: Broker,
  provider: Provider,
  verification: Verification,
  claim: Claim,
  merger: Merger,
  disclosure: Disclosure,
  evidence: Evidence,
  demand: Demand,
  offering: Offering,
  refusal: Refusal,
  judgment: Judgment,
  interest: Interest,
  invitation: Invitation,
  delegation: Delegation,
  referral: Referral,
  engagement: Engagement,
  contact: Contact,
  shortlist: Shortlist,
  intake: Intake,
  twins: Twins,
} as const satisfies Record<(typeof listingTables)[number], unknown>

interface Schema {
  shape?: Record<string, Schema>
  element?: Schema
  def?: { innerType?: Schema; options?: Schema[] }
}

/** Names of the members of a schema, at any depth. */
function membersOf(schema: Schema, at = ''): string[] {
  const inside = [schema.element, schema.def?.innerType, ...(schema.def?.options ?? [])].filter((each) => each !== undefined)
  return [
    ...Object.entries(schema.shape ?? {}).flatMap(([name, member]) => [`${at}/${name}`, ...membersOf(member, `${at}/${name}`)]),
    ...inside.flatMap((each) => membersOf(each, at)),
  ]
}

/** What a member of personal data is usually called. */
const suspicious = /\/(phone|mobile|tel|email|mail|contact\w*|person\w*|author\w*|by|idNumber|wechat|birth\w*|gender|address)$/i

describe('the register of personal data', () => {
  it('knows every kind of listing, and every field of its noun', () => {
    expect(Object.keys(nounFields).toSorted()).toEqual([...listingTables].toSorted())
    for (const [name, noun] of Object.entries(nouns)) {
      const fields = nounFields[name as keyof typeof nounFields]
      expect(Object.keys(fields).toSorted(), name).toEqual(Object.keys(noun.shape).toSorted())
    }
  })

  it('passes nothing off as not personal that is called like a person’s data, at any depth', () => {
    for (const [name, noun] of Object.entries(nouns)) {
      const fields: Record<string, unknown> = nounFields[name as keyof typeof nounFields]
      const wrong = membersOf(noun as unknown as Schema).filter((path) => suspicious.test(path) && fields[path.split('/')[1]!] === null)
      expect(wrong, name).toEqual([])
    }
    expect(membersOf(Demand as unknown as Schema)).toContain('/businessContact/phone')
  })

  it('knows every other table of a migrated database, and every column', async () => {
    const tables = await (await memoryDatabase()).query.introspection.getTables()
    const others = tables.filter(({ name }) => !listingTables.some((listing) => listing === name))
    expect(Object.keys(tableFields).toSorted()).toEqual(others.map(({ name }) => name).toSorted())
    for (const { name, columns } of others)
      expect(Object.keys(tableFields[name as keyof typeof tableFields]).toSorted(), name).toEqual(
        columns.map((column) => column.name).toSorted(),
      )
  })

  it('says of each group where it is, and in both languages what for, who sees it and how long it is kept', () => {
    const version = { settings: defaultPrivacy, version: 0 }
    for (const locale of ['zh-CN', 'en'] as const) {
      const notice = noticeOf(version, wordsOf(locale))
      expect(notice.data.map(({ group }) => group)).toEqual(groups)
      for (const { group, what, purpose, bases, seen, kept, places } of notice.data) {
        for (const text of [what, purpose, seen, kept]) expect(text.length, group).toBeGreaterThan(1)
        expect(
          [bases.length, places.length].every((count) => count > 0),
          group,
        ).toBe(true)
      }
    }
    expect(placesOf('contacts')).toEqual([
      ...['demand.businessContact', 'demand.technicalContact', 'demand.confirmation'],
      ...['intake_source.tables', 'intake_source.source', 'intake_line.reason', 'intake_line.content'],
    ])
  })
})
