import { beforeAll, describe, expect, it } from 'vitest'
import { OwnView, viewsAtMost } from '../../src/accounts/saved-view.ts'
import { Postponement } from '../../src/engagements/postponement.ts'
import { z } from '../../src/platform/schema.ts'
import { welding } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

let market: Market
let own: Client
let other: Client
let pair: { demandId: string; supplyId: string }
beforeAll(async () => {
  market = await openMarket()
  const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  const expert = await market.expert({ name: '沈砚秋' })
  await market.claim(expert.id)
  pair = { demandId: (await market.publish(enterprise, welding)).id, supplyId: expert.id }
  own = await market.member('13900000001', 'expert', expert.id)
  other = await market.member('13900000002', 'enterprise', enterprise.id)
})

describe('what somebody notes for himself, over the API', () => {
  it('puts a pairing off, to another day, and takes it up again', async () => {
    const kept = async (by = own) => (await by.get('/api/postponements')).as(z.object({ items: z.array(Postponement) })).items
    const until = async (day: string) => own.post('/api/postponements', { ...pair, until: day })
    expect((await until('2026-12-01')).status).toBe(201)
    await until('2026-12-08')
    expect(await kept()).toEqual([{ ...pair, until: '2026-12-08' }])
    expect(await kept(other)).toEqual([])
    expect(faultsOf(await until('2020-01-01'))).toEqual({ '/until': 'past-day' })
    const unknown = { ...pair, demandId: `dem_${'a'.repeat(20)}`, until: '2026-12-01' }
    expect(faultsOf(await own.post('/api/postponements', unknown))).toEqual({ '/demandId': 'unknown-reference' })
    await other.post('/api/postponements/ending', pair)
    expect(await kept()).toHaveLength(1)
    await own.post('/api/postponements/ending', pair)
    expect(await kept()).toEqual([])
    refused(await market.visitor.get('/api/postponements'), 'not-signed-in')
    refused(await market.operator.post('/api/postponements', { ...pair, until: '2026-12-01' }), 'not-permitted')
  })

  it('keeps a view of the board, names it anew, takes it away and back; nobody else finds it', async () => {
    const draft = { list: 'board', name: '三十天内到期', query: 'due=month' }
    const kept = async (by = own) => (await by.get('/api/account/views?list=board')).as(z.object({ items: z.array(OwnView) })).items
    const { id } = (await own.post('/api/account/views', draft)).as(OwnView)
    expect((await own.post(`/api/account/views/${id}/name`, { name: '本月到期' })).as(OwnView)).toMatchObject({
      name: '本月到期',
      version: 2,
    })
    for (const verb of ['name', 'removal', 'restoration'])
      refused(await other.post(`/api/account/views/${id}/${verb}`, verb === 'name' ? { name: '别人的' } : undefined), 'not-found')
    expect(await kept(other)).toEqual([])
    await own.post(`/api/account/views/${id}/removal`)
    expect(await kept()).toEqual([])
    await own.post(`/api/account/views/${id}/restoration`)
    expect(await kept()).toMatchObject([{ id, name: '本月到期', query: 'due=month' }])
    for (let count = 1; count < viewsAtMost; count++) await own.post('/api/account/views', draft)
    refused(await own.post('/api/account/views', draft), 'not-allowed-now')
    expect(faultsOf(await own.post('/api/account/views', { ...draft, name: '' }))).toHaveProperty('/name')
    refused(await market.visitor.get('/api/account/views?list=board'), 'not-signed-in')
  })
})
