import { beforeEach, describe, expect, it } from 'vitest'
import { MadeConfirmationRequest } from '../../src/demands/confirmation.ts'
import { Demand, DemandDraft, DemandView } from '../../src/demands/demand.ts'
import { openInvitation } from '../../src/engagements/actions/invitation.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import { Invitation, MadeInvitation } from '../../src/engagements/invitation.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { MergingPreview, TwinsOverview } from '../../src/twins/api.ts'
import { MergeField, Twins } from '../../src/twins/twins.ts'
import { openBrowser, origin } from './browser.ts'
import { casting, welding } from './fixtures.ts'
import { type Client, checks, faultsOf, type Market, openMarket, refused } from './market.ts'

/** One need of one enterprise that came by several doors: found, shown side by side, made one, and made two again. */

let market: Market
let enterprise: Client
let park: Client
let broker: Client
let expert: Client
/** What the enterprise posted itself, and what its park brought. */
let own: Demand
let brought: Demand

const asPark = {
  title: '箱形梁焊接旁弯大',
  problem: '12米箱形梁焊后旁弯超过8毫米，人工火焰校正每根四小时，用户拒收，希望找到控制焊接变形的办法。',
  indicators: [{ text: '焊后旁弯≤3 mm', need: 'must' as const }],
  ownConditions: '有120吨龙门和一条焊接线，可以提供试件。',
  budgetMaxFen: 40_000_000,
}

beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  park = await market.park({ name: '铸东产业园' })
  broker = await market.broker({ name: '苏怀瑾' })
  expert = await market.expert({ name: '沈岳', field: '焊接变形控制' })
  await market.claim(expert.id)
  own = await market.publish(enterprise, { ...welding, ownConditions: null })
  brought = await published(park, { ...asPark, enterpriseId: enterprise.id })
})

const published = async (by: Client, draft: object) => {
  const { id } = await market.vetting(by, draft as typeof welding)
  return (await market.operator.post(`/api/demands/${id}/publication`, { checks })).as(Demand)
}
const read = async (id: string, client = market.operator) => (await client.get(`/api/demands/${id}`)).as(DemandView)
const twinsOf = async (id: string, client = market.operator) => (await client.get(`/api/demands/${id}/twins`)).as(TwinsOverview)
/** Merges what is given second into what is given first, as both are now. */
const merge = async (into: { id: string }, from: { id: string }, take: string[] = [], client = market.operator) => {
  const [{ version }, { version: withVersion }] = [await read(into.id), await read(from.id)]
  return client.post(`/api/demands/${into.id}/merging`, { withId: from.id, version, withVersion, take })
}
const undo = (from: { id: string }, client = market.operator) => client.post(`/api/demands/${from.id}/merging/undoing`)
const assign = async (...demands: { id: string }[]) => {
  for (const { id } of demands) await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })
}
const interest = async (by: Client, demandId: string) =>
  (await by.post('/api/interests', { demandId, supplyId: expert.id, note: null, contact: null })).as(InterestView)
const casesOf = async (demandId: string) =>
  (await market.operator.get(`/api/engagements?demandId=${demandId}`)).as(pageOf(Engagement)).items

const asClient = ({ secret }: Client) => ({ cookie: 'lang=zh-CN', origin, ...(secret !== null && { authorization: `Bearer ${secret}` }) })
const browser = openBrowser((url, request) => market.app.request(url, request))
const get = (client: Client, path: string) => browser.get(path, asClient(client))
const post = (client: Client, path: string, form: Record<string, string>) => browser.post(path, form, asClient(client))

describe('what seems to be the same', () => {
  it('is found with why, for the operator and the broker of both alone', async () => {
    const other = await published(park, { ...casting, enterpriseId: enterprise.id })
    const { likely } = await twinsOf(own.id)
    expect(likely).toMatchObject([{ id: brought.id, channel: 'park', enterprise: '众砺重工有限公司', isMergeable: true }])
    expect(likely[0]!.reasons).toEqual(expect.arrayContaining(['enterprise', 'title', 'text', 'indicators']))
    expect((await twinsOf(other.id)).likely).toEqual([])
    for (const client of [enterprise, park, broker, expert]) refused(await client.get(`/api/demands/${own.id}/twins`), 'not-permitted')
    refused(await market.visitor.get(`/api/demands/${own.id}/twins`), 'not-signed-in')
    await assign(own)
    expect((await twinsOf(own.id, broker)).likely).toEqual([])
    await assign(brought)
    expect((await twinsOf(own.id, broker)).likely).toMatchObject([{ id: brought.id }])
  })

  it('is found among drafts and by the words of another enterprise, but not among what has ended', async () => {
    const draft = await market.draft(park, { ...asPark, enterpriseId: enterprise.id })
    const { id: otherId } = await market.enterprise({ name: '众力起重机械厂' })
    const elsewhere = await published(park, { ...asPark, enterpriseId: otherId })
    const found = (await twinsOf(own.id)).likely
    expect(found.map(({ id }) => id).toSorted()).toEqual([draft.id, brought.id, elsewhere.id].toSorted())
    expect(found.at(-1)).toMatchObject({ id: elsewhere.id, isMergeable: false })
    await park.post(`/api/demands/${draft.id}/withdrawal`)
    expect((await twinsOf(own.id)).likely.map(({ id }) => id)).not.toContain(draft.id)
    expect((await twinsOf(draft.id)).likely).toEqual([])
  })

  it('is shown on the desk and on the page of the demand, and to nobody else', async () => {
    const waiting = await market.vetting(park, { ...asPark, enterpriseId: enterprise.id })
    expect((await get(market.operator, '/desk/vetting')).html).toContain('可能重复 2 条')
    const page = (await get(market.operator, `/desk/vetting/${waiting.id}`)).html
    for (const shown of ['可能重复', '同一家企业', '指标相近', `/demands/${waiting.id}/merging?with=${own.id}`])
      expect(page).toContain(shown)
    expect((await get(market.operator, `/demands/${own.id}`)).html).toContain('可能重复')
    for (const client of [enterprise, park, market.visitor])
      expect((await get(client, `/demands/${own.id}`)).html).not.toContain('可能重复')
  })

  it('is not shown again once somebody said that it is not the same, until that is taken back', async () => {
    const said = (await market.operator.post(`/api/demands/${own.id}/distinction`, { withId: brought.id })).as(Twins)
    expect(said).toMatchObject({ state: 'distinct', decidedBy: market.operator.id })
    for (const [one, other] of [
      [own, brought],
      [brought, own],
    ] as const)
      expect(await twinsOf(one.id)).toMatchObject({ likely: [], distinct: [{ id: other.id }] })
    refused(await market.operator.post(`/api/demands/${brought.id}/distinction`, { withId: own.id }), 'not-allowed-now')
    refused(await merge(own, brought), 'not-allowed-now')
    refused(await enterprise.post(`/api/demands/${own.id}/distinction/undoing`, { withId: brought.id }), 'not-permitted')
    await market.operator.post(`/api/demands/${brought.id}/distinction/undoing`, { withId: own.id })
    expect(await twinsOf(own.id)).toMatchObject({ likely: [{ id: brought.id }], distinct: [] })
    expect((await entriesAbout(market.ports.database, said.id)).map(({ kind }) => kind)).toEqual([
      'twins.distinguished',
      'twins.reconsidered',
    ])
  })
})

describe('a merger of two demands', () => {
  it('ends one, whose address leads to the other, and keeps what was chosen of each', async () => {
    const merged = (await merge(own, brought, ['budget'])).as(Demand)
    expect(merged).toMatchObject({ id: own.id, state: 'published', title: welding.title, budgetMinFen: null, budgetMaxFen: 40_000_000 })
    expect(await read(brought.id)).toMatchObject({ state: 'merged', mergedIntoId: own.id, title: asPark.title })
    expect(await read(brought.id, enterprise)).toMatchObject({ mergedIntoId: own.id })
    expect(refused(await market.visitor.get(`/api/demands/${brought.id}`), 'not-found')).toMatchObject({ mergedIntoId: own.id })
    const led = await get(market.visitor, `/demands/${brought.id}`)
    expect([led.status, led.location]).toEqual([302, `/demands/${own.id}?merged=${brought.id}`])
    expect((await get(market.visitor, led.location)).html).toContain('已经并入这一条')
    expect((await get(market.visitor, `/demands/${own.id}?merged=${own.id}`)).html).not.toContain('已经并入')
    const kinds = async (id: string) => (await entriesAbout(market.ports.database, id)).map(({ kind }) => kind).at(-1)
    expect([await kinds(own.id), await kinds(brought.id)]).toEqual(['demand.merged', 'demand.merged'])
    refused(await merge(own, brought), 'not-allowed-now')
    refused(await park.post(`/api/demands/${brought.id}/withdrawal`), 'not-allowed-now')
  })

  it('leads from every address of the one that ended to the other, until it is undone', async () => {
    await assign(own, brought)
    await merge(own, brought)
    const below = [`/matches?kind=expert`, '/edit', '/compare?with=a', '/attachments', '/diagnosis', '/shortlist']
    for (const rest of below) {
      const led = await get(market.operator, `/demands/${brought.id}${rest}`)
      expect([led.status, led.location]).toEqual([302, `/demands/${own.id}${rest}`])
    }
    const pairing = await get(expert, `/pairings/${brought.id}/${expert.id}`)
    expect([pairing.status, pairing.location]).toEqual([302, `/pairings/${own.id}/${expert.id}`])
    for (const client of [market.operator, enterprise, park]) expect(await read(brought.id, client)).toMatchObject({ mergedIntoId: own.id })
    for (const rest of ['', '/matches', '/attachments'])
      expect(refused(await expert.get(`/api/demands/${brought.id}${rest}`), 'not-found')).toMatchObject({ mergedIntoId: own.id })
    const asked = await expert.post('/api/interests', { demandId: brought.id, supplyId: expert.id, note: null, contact: null })
    expect(refused(asked, 'invalid-input').errors).toMatchObject([{ pointer: '/demandId', facts: { mergedIntoId: own.id } }])
    for (const path of [`/demands/${brought.id}/records`, `/demands/${brought.id}?past=yes`])
      expect((await get(market.operator, path)).status).toBe(200)

    await undo(brought)
    expect((await get(market.operator, `/demands/${brought.id}/matches`)).status).toBe(200)
    expect((await get(expert, `/pairings/${brought.id}/${expert.id}`)).status).toBe(200)
    expect(await read(brought.id, expert)).toMatchObject({ title: asPark.title, mergedIntoId: null })
    expect((await interest(expert, brought.id)).demandId).toBe(brought.id)
  })

  it('proposes the words that are the owner’s, and changes none of them', async () => {
    const merged = (await merge(own, brought, ['problem', 'ownConditions'])).as(Demand)
    expect(merged).toMatchObject({ problem: welding.problem, ownConditions: null })
    expect(merged.proposal).toMatchObject({
      by: market.operator.id,
      answer: null,
      changes: { problem: asPark.problem, ownConditions: asPark.ownConditions },
    })
    const accepted = await enterprise.post(`/api/demands/${own.id}/proposal/acceptance`, { version: merged.version })
    expect(accepted.as(Demand)).toMatchObject({ problem: asPark.problem, ownConditions: asPark.ownConditions })
  })

  it('proposes them beside what was proposed before and still waits', async () => {
    const waiting = { changes: { title: '箱形梁焊后旁弯控制' }, note: '写成可以检索的题目' }
    await market.operator.post(`/api/demands/${own.id}/proposal`, waiting)
    const merged = (await merge(own, brought, ['ownConditions'])).as(Demand)
    expect(merged.proposal).toMatchObject({
      changes: { ...waiting.changes, ownConditions: asPark.ownConditions },
      note: waiting.note,
      answer: null,
    })
  })

  it('takes along who asked, what came of it, what was noted and the documents; one pairing of both does not break it', async () => {
    await assign(own, brought)
    const asked = await interest(enterprise, brought.id)
    await interest(enterprise, own.id)
    const proposed = async (demandId: string) =>
      (await broker.post('/api/engagements', { demandId, supplyId: expert.id, outside: null })).as(Engagement)
    const [weak, strong] = [await proposed(own.id), await proposed(brought.id)]
    const talking = (
      await broker.post(`/api/engagements/${strong.id}/moves`, { to: 'talking', version: 1, on: null, code: null, note: null })
    ).as(Engagement)
    const invited = (await broker.post('/api/invitations', { demandId: brought.id, supplyId: expert.id, note: null })).as(MadeInvitation)
    const note = { channel: 'phone', result: 'reached', withWhom: '铁工', note: null, on: '2026-03-02', next: null }
    for (const subjectId of [brought.id, weak.id]) await broker.post('/api/contacts', { ...note, subjectId })
    await park.ask('POST', `/api/demands/${brought.id}/attachments?name=${encodeURIComponent('图纸.txt')}&group=detail`, {
      raw: { body: '箱形梁图纸说明' },
      headers: { 'content-type': 'application/octet-stream' },
    })
    await merge(own, brought, [], broker)
    const interests = (await market.operator.get(`/api/interests?demandId=${own.id}`)).as(pageOf(InterestView)).items
    expect(interests.map(({ id, state }) => [id === asked.id, state]).toSorted()).toEqual([
      [false, 'open'],
      [true, 'withdrawn'],
    ])
    expect(await casesOf(own.id)).toMatchObject([{ id: strong.id, state: 'talking' }])
    expect(await casesOf(brought.id)).toMatchObject([{ id: weak.id, state: 'lost' }])
    const contacts = async (id: string) => (await market.operator.get(`/api/contacts?subjectId=${id}`)).as(pageOf(Contact)).items.length
    expect([await contacts(own.id), await contacts(brought.id), await contacts(strong.id)]).toEqual([1, 0, 1])
    expect((await market.operator.get(`/api/invitations?demandId=${own.id}`)).as(pageOf(Invitation)).items).toMatchObject([
      { id: invited.id },
    ])
    const secret = new URL(invited.link).pathname.split('/').at(-1)!
    expect((await openInvitation(market.ports, secret)).demand.id).toBe(own.id)
    const documents = async (id: string) => (await market.operator.get(`/api/demands/${id}/attachments`)).text
    expect([(await documents(own.id)).includes('图纸'), (await documents(brought.id)).includes('图纸')]).toEqual([true, false])
    // The pairing has its case: nobody begins a second one.
    refused(await broker.post('/api/engagements', { demandId: own.id, supplyId: expert.id, outside: null }), 'already-exists')
    const [open] = interests.filter(({ state }) => state === 'open')
    await expert.post(`/api/interests/${open!.id}/answer`, { answer: 'accepted', contact: null })
    expect(await casesOf(own.id)).toHaveLength(1)
    expect(talking.version).toBe(2)
    refused(await undo(brought, broker), 'not-allowed-now')
  })

  it('lets the link still work by which the firm confirms, and brings its answer to what stays', async () => {
    const entered = await market.draft(park, { ...asPark, enterpriseId: enterprise.id })
    const { link } = (await park.post(`/api/demands/${entered.id}/confirmation-link`)).as(MadeConfirmationRequest)
    const kept = await market.draft(broker, { ...asPark, title: '箱形梁旁弯', enterpriseId: enterprise.id })
    await merge(kept, entered)
    const { pathname } = new URL(link)
    const page = await get(market.visitor, pathname)
    expect([page.status, page.html.includes('箱形梁旁弯')]).toEqual([200, true])
    const { version } = await read(kept.id)
    expect((await post(market.visitor, pathname, { answer: 'confirmed', by: '罗采薇', version: String(version) })).status).toBeLessThan(400)
    expect(await read(kept.id)).toMatchObject({ confirmation: { how: 'link', by: '罗采薇' } })
    refused(await undo(entered), 'not-allowed-now')
  })

  it('is undone as long as nothing happened since: each has what was its own', async () => {
    await assign(own, brought)
    const asked = await interest(enterprise, brought.id)
    const before = [await read(own.id), await read(brought.id)]
    await merge(own, brought, ['budget', 'problem'])
    refused(await undo(own), 'not-allowed-now')
    refused(await undo(brought, enterprise), 'not-permitted')
    expect((await undo(brought)).as(Demand)).toMatchObject({ id: brought.id, state: 'published', mergedIntoId: null })
    const meanwhile = { version: expect.any(Number), updatedAt: expect.any(String) }
    expect([await read(own.id), await read(brought.id)]).toEqual(before.map((each) => ({ ...each, ...meanwhile })))
    expect((await read(brought.id, market.visitor)).title).toBe(asPark.title)
    expect((await enterprise.get(`/api/interests/${asked.id}`)).as(InterestView)).toMatchObject({ demandId: brought.id, state: 'open' })
    refused(await undo(brought), 'not-allowed-now')
    await merge(own, brought)
    await market.operator.post('/api/contacts', {
      subjectId: own.id,
      channel: 'phone',
      result: 'reached',
      withWhom: null,
      note: null,
      on: '2026-03-02',
      next: null,
    })
    expect(refused(await undo(brought), 'not-allowed-now').detail).toContain('不能再撤销')
  })

  it('is refused to all but who carries both, for two enterprises, and for what has changed or is less far', async () => {
    await assign(own)
    refused(await merge(own, brought, [], broker), 'not-permitted')
    for (const client of [enterprise, park]) refused(await merge(own, brought, [], client), 'not-permitted')
    const { version } = await read(own.id)
    const stale = { withId: brought.id, version: version - 1, withVersion: (await read(brought.id)).version, take: [] }
    refused(await market.operator.post(`/api/demands/${own.id}/merging`, stale), 'changed-meanwhile')
    expect(faultsOf(await merge(own, own))).toEqual({ '/withId': 'not-mergeable' })
    const draft = await market.draft(park, { ...asPark, enterpriseId: enterprise.id })
    expect(refused(await merge(draft, own), 'not-allowed-now').detail).toContain('已经在征集')
    const namesake = await market.enterprise({ name: '众砺重工公司' })
    const elsewhere = await published(namesake, asPark)
    expect(refused(await merge(own, elsewhere), 'not-allowed-now').detail).toContain('先合并这两份企业资料')
    const page = (await get(market.operator, `/demands/${own.id}/merging?with=${elsewhere.id}`)).html
    expect(page).toContain('去合并企业资料')
    await market.operator.post('/api/mergers', { fromId: namesake.id, intoId: enterprise.id, reason: '同一家' })
    expect((await merge(own, elsewhere)).as(Demand).id).toBe(own.id)
  })

  it('tells no outsider what one of the two hid', async () => {
    const hidden = await published(enterprise, {
      ...welding,
      title: '长梁旁弯',
      teaser: '长梁旁弯控制',
      isAnonymous: true,
      problem: '长梁焊后旁弯大。',
      visibility: 'registered',
    })
    for (const [into, from] of [
      [hidden, own],
      [own, hidden],
    ] as const)
      expect(refused(await merge(into, from), 'not-allowed-now').detail).toContain('匿名')
    expect((await get(market.operator, `/demands/${own.id}/merging?with=${hidden.id}`)).html).toContain('外人看出匿名的是谁')
    const draft = await market.draft(park, { ...asPark, enterpriseId: enterprise.id })
    await merge(hidden, draft)
    expect(await read(hidden.id)).toMatchObject({ isAnonymous: true, visibility: 'registered' })
    expect(refused(await market.visitor.get(`/api/demands/${draft.id}`), 'not-found').mergedIntoId).toBeUndefined()
    expect((await get(market.visitor, `/demands/${draft.id}`)).status).toBe(404)
    expect((await get(enterprise, `/demands/${draft.id}`)).location).toContain(hidden.id)
    // The park that entered one reads it, and is not told which anonymous one goes on with it.
    expect(await read(draft.id, park)).toMatchObject({ state: 'merged', mergedIntoId: null })
    const page = await get(park, `/demands/${draft.id}`)
    expect([page.status, page.html.includes('已经合并'), page.html.includes(hidden.id)]).toEqual([200, true, false])
  })
})

describe('what is confidential, and whose contact persons', () => {
  const secret = { confidential: '供货给北方车桥，单价不能外传' }
  const contact = { businessContact: { name: '罗采薇', phone: '13712345678', email: null } }

  it('is known to be there and what becomes of it, by whoever may not read it, before it is merged', async () => {
    const kept = await market.draft(enterprise, { ...casting, visibility: 'registered', teaser: '铸件缩松' })
    const gone = await market.draft(park, { ...casting, enterpriseId: enterprise.id, ...secret, ...contact, visibility: 'nda' })
    await assign(kept, gone)
    const stranger = await market.broker({ name: '方又青' })
    refused(await stranger.get(`/api/demands/${kept.id}/merging/${gone.id}`), 'not-found')
    const preview = (await market.operator.get(`/api/demands/${kept.id}/merging/${gone.id}`)).as(MergingPreview)
    expect(preview).toMatchObject({
      obstacle: null,
      becomes: { visibility: 'nda', isAnonymous: false },
      unread: [{ field: 'confidential', says: { this: false, other: true } }],
    })
    expect(preview.differing).toContainEqual({ field: 'businessContact', pick: gone.id })
    const page = (await get(market.operator, `/demands/${kept.id}/merging?with=${gone.id}`)).html
    for (const shown of ['有内容，您无权查看', '只有一条填了', '保密内容和保密附件合并后仍然保密', '合并后的公开范围：接受保密条款后可见'])
      expect(page).toContain(shown)
    expect(page).not.toContain(secret.confidential)

    await merge(kept, gone)
    expect(await read(kept.id, enterprise)).toMatchObject({ ...secret, visibility: 'nda' })
    for (const client of [market.operator, market.visitor, expert]) {
      const seen = await client.get(`/api/demands/${kept.id}`)
      expect(seen.text).not.toContain(secret.confidential)
    }
    const { facts } = (await entriesAbout(market.ports.database, kept.id)).at(-1)!
    expect(facts).toMatchObject({ unseen: ['confidential'] })
    await undo(gone)
    expect(await read(kept.id, enterprise)).toMatchObject({ confidential: null, visibility: 'registered' })
  })

  it('stays where both say something, and the other’s does not come along', async () => {
    const kept = await market.draft(enterprise, { ...casting, confidential: '自家的工艺参数' })
    const gone = await market.draft(park, { ...casting, enterpriseId: enterprise.id, ...secret })
    refused(await merge(kept, gone, ['confidential']), 'not-permitted')
    expect((await get(market.operator, `/demands/${kept.id}/merging?with=${gone.id}`)).html).toContain('两条都填了')
    await merge(kept, gone)
    expect(await read(kept.id, enterprise)).toMatchObject({ confidential: '自家的工艺参数' })
    expect((await get(enterprise, `/demands/${gone.id}?past=yes`)).html).toContain(secret.confidential)
  })

  it('is chosen like any other field by whoever opened both for a reason', async () => {
    const kept = await market.draft(enterprise, { ...casting, confidential: '自家的工艺参数' })
    const gone = await market.draft(park, { ...casting, enterpriseId: enterprise.id, ...secret })
    for (const { id } of [kept, gone]) await market.operator.post('/api/openings', { subjectId: id, reason: '核对两条重复需求' })
    const page = (await get(market.operator, `/demands/${kept.id}/merging?with=${gone.id}`)).html
    for (const shown of ['自家的工艺参数', secret.confidential, 'name="take-confidential"']) expect(page).toContain(shown)
    await merge(kept, gone, ['confidential'])
    expect(await read(kept.id, enterprise)).toMatchObject(secret)
  })
})

describe('the terms of two demands', () => {
  const here = {
    modes: ['advisory' as const],
    deadlineOn: '2027-03-31',
    isExclusive: false,
    keywords: ['焊接'],
    readinessFrom: 3,
    readinessTo: 5,
  }
  const there = {
    modes: ['joint-development' as const],
    deadlineOn: '2027-06-30',
    isExclusive: true,
    keywords: ['旁弯'],
    readinessFrom: 6,
    readinessTo: 8,
    ipExpectation: '专利归本企业',
    expectedStartOn: '2027-01-15',
    expiresOn: '2027-12-31',
    constraints: ['不换母材'],
    budgetMinFen: 10_000_000,
    budgetMaxFen: 40_000_000,
  }

  it('follow one by one, as they are chosen, and all that a demand says can be', async () => {
    const kept = await market.draft(enterprise, { ...casting, ...here })
    const gone = await market.draft(park, { ...casting, enterpriseId: enterprise.id, ...there })
    const before = await read(kept.id)
    const ways = { readiness: ['readinessFrom', 'readinessTo'], budget: ['budgetMinFen', 'budgetMaxFen'] } as Record<string, string[]>
    for (const field of [
      'modes',
      'deadlineOn',
      'isExclusive',
      'keywords',
      'readiness',
      'ipExpectation',
      'expectedStartOn',
      'budget',
      'constraints',
    ]) {
      const merged = (await merge(kept, gone, [field])).as(Demand) as Record<string, unknown>
      const taken = ways[field] ?? [field]
      for (const member of Object.keys(there) as (keyof typeof there)[])
        expect([field, member, merged[member]]).toEqual([field, member, taken.includes(member) ? there[member] : before[member]])
      await undo(gone)
    }
    const own = ['isAnonymous', 'visibility', 'channel', 'enterpriseId']
    const choosable = MergeField.options.flatMap((field) => ways[field] ?? [field])
    expect(Object.keys(DemandDraft.shape).filter((member) => !choosable.includes(member as MergeField))).toEqual(own)
  })

  it('do not follow once they are over', async () => {
    const kept = await market.draft(enterprise, casting)
    const gone = await market.draft(park, { ...casting, enterpriseId: enterprise.id, deadlineOn: '2026-12-01' })
    market.passDays(400)
    expect(faultsOf(await merge(kept, gone, ['deadlineOn']))).toEqual({ '/take/deadlineOn': 'past-day' })
    expect((await merge(kept, gone)).status).toBe(200)
  })
})

describe('what is not published yet', () => {
  it('becomes as closed as the stricter of the two', async () => {
    const closed = await market.draft(enterprise, { ...casting, visibility: 'nda' })
    const open = await market.draft(park, { ...casting, enterpriseId: enterprise.id, isAnonymous: true })
    expect((await merge(open, closed)).as(Demand)).toMatchObject({ visibility: 'nda', isAnonymous: true })
    await undo(closed)
    expect(await read(open.id)).toMatchObject({ visibility: 'public', isAnonymous: true })
  })
})

describe('the pages of a merger', () => {
  it('show both side by side, take what was chosen, and undo it', async () => {
    const path = `/demands/${brought.id}/merging`
    const page = (await get(market.operator, `${path}?with=${own.id}`)).html
    for (const shown of ['企业自行填报', '园区征集', asPark.problem, '预算', '企业自己写的', '企业还没有确认', '改写建议'])
      expect(page).toContain(shown)
    const values = (name: string) => [...page.matchAll(new RegExp(`name="${name}" value="([^"]*)"([^>]*)`, 'g'))]
    const checked = (name: string) => values(name).find(([, , rest]) => rest!.includes('checked'))?.[1]
    expect([checked('stays'), checked('take-ownConditions'), checked('take-problem')]).toEqual([own.id, brought.id, own.id])
    const form = {
      with: own.id,
      stays: own.id,
      [`version-${own.id}`]: values(`version-${own.id}`)[0]![1]!,
      [`version-${brought.id}`]: values(`version-${brought.id}`)[0]![1]!,
      'take-budget': brought.id,
      'take-problem': own.id,
    }
    const stale = await post(market.operator, path, { ...form, [`version-${own.id}`]: '1' })
    expect([stale.status, stale.html.includes('请重新核对后再合并')]).toEqual([422, true])
    const done = await post(market.operator, path, form)
    expect([done.status, done.location]).toEqual([303, `/demands/${own.id}?merged=${brought.id}`])
    expect(await read(own.id)).toMatchObject({ problem: welding.problem, budgetMaxFen: asPark.budgetMaxFen })
    const arrived = (await get(market.operator, done.location)).html
    for (const shown of ['已经并入这一条', '撤销合并', '并入这条的需求']) expect(arrived).toContain(shown)
    const past = (await get(enterprise, `/demands/${brought.id}?past=yes`)).html
    expect([past.includes(asPark.problem), past.includes('这是合并前的内容')]).toEqual([true, true])
    expect((await get(enterprise, `/demands/${own.id}`)).html).not.toContain('撤销合并')
    const records = (await get(enterprise, `/demands/${own.id}/records`)).html
    for (const shown of [welding.title, asPark.title, '园区征集', '审核通过，开始征集', '合并', '运营人员'])
      expect(records).toContain(shown)
    expect((await get(market.visitor, `/demands/${own.id}/records`)).status).toBe(401)
    expect((await post(market.operator, `/demands/${brought.id}/merging/undoing`, {})).status).toBe(303)
    expect((await read(brought.id)).state).toBe('published')
  })

  it('remember that two are not the same, and take that back', async () => {
    const back = `/demands/${own.id}`
    const said = await post(market.operator, `${back}/distinction`, { withId: brought.id, back })
    expect([said.status, said.location]).toEqual([303, back])
    expect((await get(market.operator, back)).html).toContain('已标明不是同一条（1）')
    await post(market.operator, `${back}/distinction/undoing`, { withId: brought.id, back })
    expect((await get(market.operator, back)).html).toContain(`merging?with=${brought.id}`)
  })
})
