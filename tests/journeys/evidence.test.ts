import { beforeEach, describe, expect, it } from 'vitest'
import { Completer, Evidence } from '../../src/directory/evidence.ts'
import { Matches } from '../../src/matching/match.ts'
import type { Offering } from '../../src/offerings/offering.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

const paper = {
  kind: 'paper',
  role: 'author',
  title: '箱形梁焊接旁弯的预测',
  abstract: '用固有应变法预测焊后旁弯，误差小于一成。',
} as const

let market: Market
let institution: Client
let expert: Client
let enterprise: Client
beforeEach(async () => {
  market = await openMarket()
  institution = await market.institution({ name: '砺州理工大学' })
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  expert = await market.expert({
    name: '沈岳',
    field: '结构强度',
    affiliations: [{ institutionId: institution.id, department: null, post: null }],
  })
})

const path = () => `/api/experts/${expert.id}/evidence`
const register = async (draft: object, author: Client = institution) => (await author.post(path(), draft)).as(Evidence)
const listed = async (reader: Client) => (await reader.get(`${path()}?limit=100`)).as(pageOf(Evidence)).items
const completersOf = async (reader: Client, { id }: Pick<Offering, 'id'>) =>
  (await reader.get(`/api/offerings/${id}/completers`)).as(z.object({ items: z.array(Completer) })).items
const nobody = (prefix: string) => `${prefix}_${'a'.repeat(20)}`

describe('what an expert did', () => {
  it('is registered, read, amended and removed, each with its journal entry', async () => {
    const answer = await institution.post(path(), paper)
    const row = answer.as(Evidence)
    expect(answer.status).toBe(201)
    expect([answer.header('location'), answer.header('etag')]).toEqual([`/api/evidence/${row.id}`, '"1"'])
    expect(row).toMatchObject({ ...paper, expertId: expert.id, offeringId: null, on: null, verifiedBy: null, version: 1 })
    expect((await institution.get(`/api/evidence/${row.id}`)).as(Evidence)).toEqual(row)

    const amended = await institution.patch(`/api/evidence/${row.id}`, 1, { on: '2024-06-30', abstract: null })
    expect(amended.header('etag')).toBe('"2"')
    expect(amended.as(Evidence)).toMatchObject({ title: paper.title, abstract: null, on: '2024-06-30', version: 2 })

    const removed = await institution.delete(`/api/evidence/${row.id}`, 2)
    expect([removed.status, JSON.parse(removed.text)]).toEqual([200, { id: row.id }])
    refused(await institution.get(`/api/evidence/${row.id}`), 'not-found')
    refused(await institution.delete(`/api/evidence/${row.id}`, 3), 'not-found')
    expect(await listed(institution)).toEqual([])
    expect((await entriesAbout(market.ports.database, row.id)).map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['evidence.registered', institution.id],
      ['evidence.amended', institution.id],
      ['evidence.removed', institution.id],
    ])
  })

  it('is listed newest first, in pages', async () => {
    const rows: Evidence[] = []
    for (const year of [2021, 2022, 2023]) rows.unshift(await register({ ...paper, title: `${year}年度焊接变形研究` }))
    const first = await institution.get(`${path()}?limit=2`)
    expect(first.as(pageOf(Evidence)).items).toEqual(rows.slice(0, 2))
    const next = /<(.+)>; rel="next"/.exec(first.header('link')!)![1]!
    expect((await institution.get(next)).as(pageOf(Evidence))).toEqual({ items: rows.slice(2), next: null })
  })

  it('is changed by who saw its present version alone', async () => {
    const row = await register(paper)
    refused(await institution.ask('DELETE', `/api/evidence/${row.id}`), 'version-required')
    await institution.patch(`/api/evidence/${row.id}`, 1, { role: 'lead' })
    const late = await institution.delete(`/api/evidence/${row.id}`, 1)
    expect(refused(late, 'version-differs')).toMatchObject({ current: 2 })
    refused(await institution.patch(`/api/evidence/${row.id}`, 1, { role: null }), 'version-differs')
    expect(await listed(institution)).toMatchObject([{ role: 'lead' }])
  })

  it('goes once where two remove it at the same moment', async () => {
    const row = await register(paper)
    const answers = await Promise.all([1, 2].map(() => institution.delete(`/api/evidence/${row.id}`, 1)))
    const lost = answers.filter(({ status }) => status !== 200)
    expect(lost).toHaveLength(1)
    expect([404, 412]).toContain(lost[0]!.status)
  })

  it('has a title of its own or stands for an offering', async () => {
    const { id: offeringId } = await market.offer(institution, fixture)
    const faults = async (draft: object) => faultsOf(await institution.post(path(), draft))
    expect(await faults({ kind: 'paper' })).toEqual({ '/title': 'either-offering-or-title' })
    expect(await faults({ ...paper, offeringId })).toEqual({ '/title': 'either-offering-or-title' })
    expect(await faults({ kind: 'result', offeringId, abstract: '反变形工装' })).toEqual({ '/abstract': 'text-of-offering' })
    expect(await faults({ kind: 'result', offeringId: nobody('off') })).toEqual({ '/offeringId': 'unknown-reference' })
    expect(await faults({ title: paper.title })).toEqual({ '/kind': 'invalid-type' })
    expect(await faults({ ...paper, link: '论文' })).toEqual({ '/link': 'invalid-format' })
    expect(await faults({ ...paper, expertId: expert.id })).toEqual({ '/expertId': 'unknown-field' })
    expect(await listed(institution)).toEqual([])
  })

  it('stays with its expert and its offering', async () => {
    const own = await register(paper)
    const { id: offeringId } = await market.offer(institution, fixture)
    const completed = await register({ kind: 'result', offeringId })
    const faults = async (id: string, patch: object) => faultsOf(await institution.patch(`/api/evidence/${id}`, 1, patch))
    expect(await faults(own.id, { expertId: nobody('exp') })).toEqual({ '/expertId': 'fixed' })
    expect(await faults(own.id, { offeringId, title: null, abstract: null })).toEqual({ '/offeringId': 'fixed' })
    expect(await faults(own.id, { title: null })).toEqual({ '/title': 'either-offering-or-title' })
    expect(await faults(own.id, { verifiedBy: institution.id })).toEqual({ '/verifiedBy': 'unknown-field' })
    expect(await faults(completed.id, { abstract: '反变形工装' })).toEqual({ '/abstract': 'text-of-offering' })
  })

  it('is written by the person himself once he has taken over the profile', async () => {
    refused(await expert.post(path(), paper), 'not-permitted')
    await market.claim(expert.id)
    const row = await register(paper, expert)
    expect((await expert.patch(`/api/evidence/${row.id}`, 1, { role: 'lead' })).as(Evidence).role).toBe('lead')
    expect((await expert.delete(`/api/evidence/${row.id}`, 2)).status).toBe(200)
  })
})

describe('who may read it', () => {
  it('is who sees the expert by name; of the others nobody learns that there is any', async () => {
    const row = await register(paper)
    const { id: offeringId } = await market.offer(institution, fixture)
    await register({ kind: 'result', offeringId })
    const outsiders = [
      market.visitor,
      enterprise,
      await market.institution({ name: '河西科技学院' }),
      await market.expert({ name: '闻一舟' }),
    ]
    for (const reader of outsiders) {
      expect((await reader.get(`${path()}?limit=1`)).as(pageOf(Evidence))).toEqual({ items: [], next: null })
      refused(await reader.get(`/api/evidence/${row.id}`), 'not-found')
      refused(await reader.patch(`/api/evidence/${row.id}`, 1, { role: null }), 'not-found')
      refused(await reader.delete(`/api/evidence/${row.id}`, 1), 'not-found')
    }
    for (const reader of [market.operator, institution, await market.broker({ name: '鲁经理' })])
      expect(await listed(reader)).toHaveLength(2)
    await market.claim(expert.id)
    for (const reader of outsiders) {
      expect(await listed(reader)).toHaveLength(2)
      expect((await reader.get(`/api/evidence/${row.id}`)).as(Evidence)).toEqual(row)
    }
    await institution.patch(`/api/experts/${expert.id}`, 2, { visibility: 'registered' })
    refused(await market.visitor.get(path()), 'not-found')
    refused(await market.visitor.get(`/api/evidence/${row.id}`), 'not-found')
    expect(await listed(enterprise)).toHaveLength(2)
  })

  it('sees no row of an offering that he may not know of, but for those who may change the row', async () => {
    await market.claim(expert.id)
    const draft = await market.list(institution, fixture)
    const row = await register({ kind: 'result', offeringId: draft.id })
    for (const reader of [market.visitor, enterprise]) {
      expect(await listed(reader)).toEqual([])
      refused(await reader.get(`/api/evidence/${row.id}`), 'not-found')
    }
    for (const reader of [institution, expert, market.operator]) expect(await listed(reader)).toEqual([row])
    // Whoever cannot know of it cannot find out by referring to it either.
    const other = await market.institution({ name: '河西科技学院' })
    const affiliations = [{ institutionId: other.id, department: null, post: null }]
    const { id } = await market.expert({ name: '闻一舟', affiliations })
    const answer = await other.post(`/api/experts/${id}/evidence`, { kind: 'result', offeringId: draft.id })
    expect(faultsOf(answer)).toEqual({ '/offeringId': 'unknown-reference' })
  })
})

describe('the completers of an offering', () => {
  it('stand in the order in which they were registered, each once', async () => {
    const offering = await market.offer(institution, fixture)
    const other = await market.expert({ name: '闻一舟', field: '工装设计' })
    const second = await market.evidence({ expertId: other.id, kind: 'result', role: 'lead', offeringId: offering.id })
    const first = await register({ kind: 'result', role: 'member', offeringId: offering.id })
    expect([second.position, first.position]).toEqual([1, 2])
    expect(faultsOf(await institution.post(path(), { kind: 'award', offeringId: offering.id }))).toEqual({
      '/offeringId': 'already-completer',
    })
    expect(await completersOf(market.operator, offering)).toMatchObject([
      { expert: { id: other.id, name: '闻一舟' }, evidence: { id: second.id } },
      { expert: { id: expert.id, name: '沈岳' }, evidence: { id: first.id } },
    ])
    await market.operator.delete(`/api/evidence/${second.id}`, 1)
    expect((await completersOf(market.operator, offering)).map((completer) => completer.expert.id)).toEqual([expert.id])
  })

  it('are masked until they have taken over their profile, and left out where they may not be seen', async () => {
    const offering = await market.offer(institution, fixture)
    await register({ kind: 'result', role: 'lead', offeringId: offering.id })
    for (const reader of [market.visitor, enterprise]) {
      const { text } = await reader.get(`/api/offerings/${offering.id}/completers`)
      expect(text).not.toContain('沈岳')
      expect(await completersOf(reader, offering)).toMatchObject([
        { expert: { id: expert.id, name: null, field: '结构强度', isMasked: true }, evidence: null },
      ])
    }
    await market.claim(expert.id)
    expect(await completersOf(market.visitor, offering)).toMatchObject([{ expert: { name: '沈岳' }, evidence: { role: 'lead' } }])
    await expert.patch(`/api/experts/${expert.id}`, 2, { visibility: 'nda' })
    expect(await completersOf(enterprise, offering)).toEqual([])
    expect(await completersOf(institution, offering)).toHaveLength(1)
  })

  it('of an offering that is not published are for those who may know of it', async () => {
    const draft = await market.list(institution, fixture)
    await register({ kind: 'result', offeringId: draft.id })
    refused(await enterprise.get(`/api/offerings/${draft.id}/completers`), 'not-found')
    expect(await completersOf(institution, draft)).toHaveLength(1)
  })
})

describe('the index', () => {
  /** Sentences by which the demand's best expert is shown to fit. */
  async function sentences(): Promise<string[]> {
    const { items } = (await enterprise.get(`/api/demands/${demandId}/matches?kind=expert`)).as(Matches)
    return items.filter(({ subject }) => subject.id === expert.id).flatMap((match) => match.evidence.map(({ sentence }) => sentence))
  }
  let demandId: string
  beforeEach(async () => {
    await market.claim(expert.id)
    demandId = (await market.publish(enterprise, welding)).id
  })

  it('follows a row from its registration through its amendment to its end', async () => {
    expect(await sentences()).not.toContain(paper.abstract)
    const row = await register(paper)
    expect(await sentences()).toContain(paper.abstract)
    const abstract = '箱形梁焊后旁弯由火焰校正的次序决定。'
    await institution.patch(`/api/evidence/${row.id}`, 1, { abstract })
    expect(await sentences()).toContain(abstract)
    expect(await sentences()).not.toContain(paper.abstract)
    await institution.delete(`/api/evidence/${row.id}`, 2)
    const left = await sentences()
    for (const gone of [paper.title, paper.abstract, abstract]) expect(left).not.toContain(gone)
  })

  it('lets an offering speak for its completer until he is none any more', async () => {
    const offering = await market.offer(institution, fixture)
    const row = await register({ kind: 'result', role: 'lead', offeringId: offering.id })
    expect(await sentences()).toContain(fixture.abstract)
    await institution.delete(`/api/evidence/${row.id}`, 1)
    expect(await sentences()).not.toContain(fixture.abstract)
  })
})
