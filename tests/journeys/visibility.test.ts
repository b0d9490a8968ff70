import { beforeAll, describe, expect, it } from 'vitest'
import { type Actor, actingAs, type Role } from '../../src/accounts/actor.ts'
import { may, type Relation } from '../../src/accounts/permissions.ts'
import type { DemandInput } from '../../src/demands/actions.ts'
import { Demand } from '../../src/demands/demand.ts'
import { Disclosure, terms } from '../../src/disclosures/disclosure.ts'
import type { OfferingInput } from '../../src/offerings/actions.ts'
import { kindOfId } from '../../src/platform/ids.ts'
import { fixture, welding } from './fixtures.ts'
import { type Answer, type Client, checks, type Market, openMarket } from './market.ts'

/**
 * Every kind of reader × every listing × every group of its fields: who may read a group finds its words where the listing is read; who
 * may not finds them, and the listing by them, nowhere: in no list, search, facet, match, page, error or status. The table of
 * permissions says who may, given relations that are worked out here and not by the product.
 */

/** Groups of fields, and what each is read by. */
const groups = ['teaser', 'detail', 'confidential', 'contacts'] as const
type Group = (typeof groups)[number]

interface Listing {
  noun: 'demand' | 'offering'
  visibility: 'public' | 'registered' | 'nda'
  state: 'draft' | 'published'
  isAnonymous: boolean
  id: string
  /** Words that stand in this group of this listing and nowhere else. */
  words: Record<Group, string[]>
}

interface Reader {
  client: Client
  actor: Actor
  /** How the reader stands to a listing, beside what its visibility and his agreement make of it. */
  relations(listing: Listing): Relation[]
  hasAgreed: boolean
}

/** Words of three letters that no other word has, so that no search finds one by another. */
let letters = 0
const word = () => String.fromCodePoint(...[1, 2, 3].map(() => 0x5010 + 5 * letters++))

/** Makes a word for a group, and keeps it. */
const planting = (words: Record<Group, string[]>) => (group: Group) => {
  const made = word()
  words[group].push(made)
  return made
}

function demandWith(words: Record<Group, string[]>, isAnonymous: boolean, visibility: Listing['visibility']): DemandInput {
  const next = planting(words)
  return {
    ...welding,
    visibility,
    isAnonymous,
    teaser: `构件${next('teaser')}后弯曲`,
    title: `箱形梁${next('detail')}变形`,
    problem: `焊后${next('detail')}旁弯。`,
    currentState: next('detail'),
    tried: next('detail'),
    ownConditions: next('detail'),
    indicators: [{ text: `${next('detail')}≤3 mm`, need: 'must' }],
    constraints: [next('detail')],
    keywords: [next('detail')],
    ipExpectation: next('detail'),
    confidential: `在用${next('confidential')}`,
    businessContact: { name: next('contacts'), phone: null, email: null },
  }
}

function offeringWith(words: Record<Group, string[]>, visibility: Listing['visibility']): OfferingInput {
  const next = planting(words)
  return {
    ...fixture,
    visibility,
    title: `焊接${next('teaser')}工装`,
    teaser: `控制${next('teaser')}的工艺`,
    problemSolved: `焊后${next('detail')}。`,
    abstract: `用${next('detail')}控制变形。`,
    keywords: [next('detail')],
    advantages: [
      { name: next('detail'), ours: '2', incumbent: null, unit: null, condition: null, evidence: null, evidenceLevel: 'unstated' },
    ],
    confidential: `配比${next('confidential')}`,
  }
}

let market: Market
const listings: Listing[] = []
/** Who is proposed for every demand, asked, and put on a list. */
let someSupply = ''
const readers = new Map<string, Reader>()
const kinds = ['demand', 'offering'] as const
const visibilities = ['public', 'registered', 'nda'] as const
const states = ['draft', 'published'] as const
/** Of what is drawn up here: every noun, visibility and state; demands that are published by name and without one. */
const shapes = kinds.flatMap((noun) =>
  visibilities.flatMap((visibility) =>
    states.flatMap((state) =>
      (noun === 'demand' && state === 'published' ? [false, true] : [false]).map((isAnonymous) => ({
        noun,
        visibility,
        state,
        isAnonymous,
      })),
    ),
  ),
)

const verifiedRoles = ['enterprise', 'institution', 'provider'] as const
const otherRoles = ['expert', 'broker', 'park', 'county', 'operator', 'auditor', 'service'] as const
const readerNames = [
  'visitor',
  'somebody signed in who acts for nobody',
  ...verifiedRoles.flatMap((role) => [role, `verified ${role}`, `verified ${role} who agreed`]),
  ...otherRoles,
  'expert who took over the profile and agreed',
  'broker who agreed',
  'operator who gave a reason',
  'owning enterprise',
  'viewer of the owning enterprise',
  'owning institution',
  'park that entered it',
  'assigned broker',
]

beforeAll(async () => {
  market = await openMarket({ embedder: null })
  const owner = await market.enterprise({ name: '众砺重工有限公司' })
  const institution = await market.institution({ name: '砺州理工大学' })
  const park = await market.park({ name: '铸东产业园' })
  const broker = await market.broker({ name: '鲁经理' })
  for (const shape of shapes) {
    const words = { teaser: [], detail: [], confidential: [], contacts: [] }
    const { noun, visibility, state, isAnonymous } = shape
    const id = noun === 'demand' ? await entered(park, owner, demandWith(words, isAnonymous, visibility), state, broker) : ''
    const listed = id || (await (state === 'draft' ? market.list : market.offer)(institution, { ...offeringWith(words, visibility) })).id
    listings.push({ ...shape, id: listed, words })
  }
  const plain = (client: Client, role: Role, changes: Partial<Reader> & { isVerified?: boolean } = {}): Reader => ({
    client,
    actor: actingAs(role, client.id, { isVerified: changes.isVerified ?? false }),
    relations: () => [],
    hasAgreed: false,
    ...changes,
  })
  const nobody = { actor: actingAs('visitor', 'visitor', {}), relations: () => [], hasAgreed: false }
  readers.set('visitor', { client: market.visitor, ...nobody })
  readers.set('somebody signed in who acts for nobody', { client: await market.member('13100001111', null, null), ...nobody })
  for (const role of verifiedRoles) {
    readers.set(role, plain(await market[role]({ name: `${role}甲` }), role))
    for (const hasAgreed of [false, true]) {
      const client = await market[role]({ name: `${role}${hasAgreed ? '乙' : '丙'}` })
      await market.verify(client.id)
      if (hasAgreed) await agree(client)
      readers.set(`verified ${role}${hasAgreed ? ' who agreed' : ''}`, plain(client, role, { isVerified: true, hasAgreed }))
    }
  }
  readers.set('expert', plain(await market.expert({ name: '闻一舟' }), 'expert'))
  const expert = await market.expert({ name: '沈岳' })
  await market.claim(expert.id)
  await agree(expert)
  readers.set('expert who took over the profile and agreed', plain(expert, 'expert', { isVerified: true, hasAgreed: true }))
  // The operator who registers a broker answers for him.
  readers.set('broker', plain(await market.broker({ name: '白经理' }), 'broker', { isVerified: true }))
  const bound = await market.broker({ name: '黄经理' })
  await agree(bound)
  readers.set('broker who agreed', plain(bound, 'broker', { isVerified: true, hasAgreed: true }))
  readers.set('park', plain(await market.park({ name: '河西产业园' }), 'park'))
  readers.set('county', plain(await market.county({ name: '铸东县科技局', region: welding.region }), 'county'))
  for (const role of ['operator', 'auditor', 'service'] as const) readers.set(role, plain(await market.client(role, null), role))
  for (const { id } of listings) (await market.operator.post('/api/openings', { subjectId: id, reason: '核对涉密情况' })).as(Disclosure)
  readers.set('operator who gave a reason', plain(market.operator, 'operator', { hasAgreed: true }))
  const of = (noun: Listing['noun'], relation: Relation) => (listing: Listing) => (listing.noun === noun ? [relation] : [])
  readers.set('owning enterprise', plain(owner, 'enterprise', { relations: of('demand', 'organisation') }))
  const viewer = await market.member('13100002222', 'enterprise', owner.id, 'viewer')
  readers.set('viewer of the owning enterprise', plain(viewer, 'enterprise', { relations: of('demand', 'organisation') }))
  readers.set('owning institution', plain(institution, 'institution', { relations: of('offering', 'organisation') }))
  readers.set('park that entered it', plain(park, 'park', { relations: of('demand', 'entered') }))
  const assigned = ({ noun, state }: Listing): Relation[] => (noun === 'demand' && state === 'published' ? ['assigned'] : [])
  readers.set('assigned broker', plain(broker, 'broker', { isVerified: true, relations: assigned }))
  someSupply = expert.id
  for (const { id: demandId, noun, state } of listings) {
    if (noun !== 'demand' || state !== 'published') continue
    const pair = { demandId, supplyId: someSupply }
    await broker.post('/api/engagements', { ...pair, outside: null })
    await broker.post('/api/shortlists', { demandId, note: null, items: [{ supplyId: someSupply, comment: null }] })
    await owner.post('/api/interests', { ...pair, note: null, contact: null })
  }
  await market.settle()
}, 120_000)

/** A demand that a park entered for an enterprise; the published ones have a broker. */
async function entered(park: Client, owner: Client, draft: DemandInput, state: Listing['state'], broker: Client): Promise<string> {
  const { id } = (await park.post('/api/demands', { ...draft, enterpriseId: owner.id })).as(Demand)
  if (state === 'draft') return id
  ;(await park.post(`/api/demands/${id}/publication-request`)).as(Demand)
  // What would tell who it is was looked at: the words here are nobody's.
  const looked = checks.map((each) => (each.check === 'wording' ? { ...each, reason: '已逐词核对' } : each))
  ;(await market.operator.post(`/api/demands/${id}/publication`, { checks: looked })).as(Demand)
  ;(await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })).as(Demand)
  return id
}

async function agree(reader: Client): Promise<void> {
  for (const { id, state } of listings) {
    if (state !== 'published') continue
    ;(await reader.post('/api/disclosures', { subjectId: id, textVersion: terms.version })).as(Disclosure)
  }
}

/** What the table says of a reader, a listing and a group of its fields. */
function mayRead({ actor, relations, hasAgreed }: Reader, listing: Listing, group: Group): boolean {
  const { noun, state, visibility } = listing
  const isOpen = state === 'published'
  const facts: Relation[] = [
    ...relations(listing),
    ...(visibility === 'nda' ? [] : [visibility]),
    // A draft can be opened by its operator; nobody else is asked to agree to what is not published.
    ...(hasAgreed && (isOpen || actor.role === 'operator') ? (['agreed'] as const) : []),
  ]
  const reads = (verb: 'read-whole' | 'read-detail' | 'read-confidential') => may(actor, `${noun}.${verb}`, facts)
  const isKnown = isOpen || reads('read-whole')
  if (!isKnown) return false
  switch (group) {
    case 'teaser':
      return true
    case 'detail':
      return reads('read-whole') || reads('read-detail')
    case 'confidential':
      return reads('read-confidential')
    case 'contacts':
      return noun === 'demand' && may(actor, 'demand.read-contacts', facts)
  }
}

const direct = ({ noun, id }: Listing) => `/api/${noun}s/${id}`
/** Where somebody looks for what one listing says. */
const pathsOf = (listing: Listing): string[] => {
  const { noun, id } = listing
  const own = [
    `/${noun}s/${id}`,
    `${direct(listing)}/matches`,
    `${direct(listing)}/attachments`,
    `${direct(listing)}/readings`,
    `/api/disclosures?subjectId=${id}`,
  ]
  const ofDemands = [
    `/demands/${id}/matches?kind=offering`,
    `/demands/${id}/matches?kind=expert`,
    `${direct(listing)}/telling-words`,
    `${direct(listing)}/confirmation-link`,
    `/api/interests?demandId=${id}`,
    `/api/engagements?demandId=${id}`,
    `/api/refusals?demandId=${id}`,
    `/board?demand=${id}`,
    `/shortlists/new?demand=${id}`,
    `/contacts/new?about=${id}`,
    `/pairings/${id}/${someSupply}`,
  ]
  return noun === 'demand' ? [...own, ...ofDemands] : [...own, `${direct(listing)}/completers`]
}
const everywhere = [
  '/',
  '/demands',
  '/offerings',
  '/search',
  '/desk',
  '/api/demands?limit=100',
  '/api/demands?state=draft',
  '/api/offerings?limit=100',
  '/api/offerings?state=draft',
  '/api/search?limit=50',
  '/api/recommendations',
  '/api/market',
  '/api/disclosures',
  '/inbox',
  '/today',
  '/board',
  '/api/interests',
  '/api/engagements',
  '/api/invitations',
  '/api/referrals',
  '/api/shortlists',
  '/api/contacts',
]

/** Everything that a reader gets to see by looking everywhere, and by which words which listing was found. */
async function lookingEverywhere({ client }: Reader): Promise<{ seen: string; found: (id: string, word: string) => boolean }> {
  const answers: string[] = []
  // What was asked for by its id may be named in the answer.
  const take = ({ text, header }: Answer, id = '') =>
    answers.push(text.replaceAll(id === '' ? /$^/g : `"id":"${id}"`, ''), header('etag') ?? '', header('link') ?? '')
  for (const path of everywhere) take(await client.get(path))
  const hits = new Map<string, string>()
  for (const listing of listings) {
    for (const path of pathsOf(listing)) take(await client.get(path), listing.id)
    // What is refused says nothing of it either.
    take(await client.patch(direct(listing), 999, { keywords: ['旁弯'] }), listing.id)
    take(await client.post('/api/disclosures', { subjectId: listing.id, textVersion: 'another' }), listing.id)
    for (const each of groups) {
      const [first] = listing.words[each]
      if (first === undefined) continue
      const found = await client.get(`/api/search?limit=50&q=${encodeURIComponent(first)}`)
      // The question stands in its own answer.
      hits.set(first, found.text)
      answers.push(found.text.replaceAll(first, ''))
    }
  }
  return { seen: answers.join('\n'), found: (id, word) => hits.get(word)!.includes(id) }
}

describe('what is kept from a reader', () => {
  it('was planted in every group of every listing', () => {
    expect(listings.length).toBe(shapes.length)
    for (const { words, noun, id } of listings) {
      expect(kindOfId(id)).toBe(noun)
      for (const group of groups) expect(words[group].length > 0).toBe(noun === 'demand' || group !== 'contacts')
    }
  })

  describe.each(readerNames)('%s', (name) => {
    let reader: Reader
    let looked: Awaited<ReturnType<typeof lookingEverywhere>>
    beforeAll(async () => {
      reader = readers.get(name)!
      looked = await lookingEverywhere(reader)
    }, 120_000)

    it.each(shapes.map((shape, at) => ({ ...shape, at })))(
      'reads of a $noun ($visibility, $state, anonymous: $isAnonymous) what the table lets through, and nothing else',
      async ({ at }) => {
        const listing = listings[at]!
        const read = await reader.client.get(direct(listing))
        for (const group of groups) {
          const isAllowed = mayRead(reader, listing, group)
          for (const each of listing.words[group]) {
            expect([group, each, read.text.includes(each)]).toEqual([group, each, isAllowed])
            if (!isAllowed) expect([group, each, looked.seen.includes(each)]).toEqual([group, each, false])
          }
          const [first] = listing.words[group]
          if (first !== undefined && !isAllowed) expect([group, looked.found(listing.id, first)]).toEqual([group, false])
        }
        if (!mayRead(reader, listing, 'teaser')) {
          expect(read.status).toBe(404)
          expect(looked.seen.includes(`"${listing.id}"`), 'its id').toBe(false)
        }
      },
    )
  })
})
