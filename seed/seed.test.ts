import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demands } from '../src/demands/store.ts'
import { enterprises, evidence, experts, institutions, parks } from '../src/directory/store.ts'
import { rankOfferings } from '../src/matching/actions/match-offerings.ts'
import { catchUp } from '../src/matching/catch-up.ts'
import { offerings } from '../src/offerings/store.ts'
import { type Market, openMarket } from '../src/open-market.ts'
import { configFrom } from '../src/platform/config.ts'
import { loadSeed } from './load.ts'
import { idOf } from './rows.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket({ ...configFrom({}), database: ':memory:' })
  await loadSeed(market.ports)
  await catchUp(market.ports)
}, 120_000)
afterAll(() => market.close())

describe('the demonstration city', () => {
  it('is all there', async () => {
    const { database } = market.ports
    const count = async (rows: { count(database: never, conditions: object): Promise<number> }, conditions = {}) =>
      rows.count(database as never, conditions)
    expect(await count(enterprises)).toBe(70)
    expect(await count(parks)).toBe(3)
    expect(await count(experts)).toBe(150)
    expect(await count(institutions)).toBeGreaterThanOrEqual(40)
    expect(await count(offerings, { kind: 'result' })).toBe(80)
    expect(await count(offerings, { kind: 'lead' })).toBeGreaterThan(1000)
    expect(await count(evidence)).toBeGreaterThan(200)
    expect(await count(demands)).toBe(151)
  })

  it('brings the vectors of all its texts, so that a first start embeds nothing (npm run build-vectors makes them)', async () => {
    const { pending, texts } = await market.ports.search.status(3)
    expect(texts.map(({ title }) => title)).toEqual([])
    expect(pending).toBe(0)
  })

  it('marks every listing as demonstration data, or as a lead with its licence', async () => {
    const { database } = market.ports
    for (const offering of await offerings.page(database, {}, { after: '', limit: 2000 })) {
      if (offering.kind === 'lead')
        expect(offering).toMatchObject({ ownerId: null, price: null, ip: [], citation: { licence: 'Apache-2.0' } })
      else expect(offering.originId).toMatch(/^demo\//)
    }
    for (const demand of await demands.page(database, {}, { after: '', limit: 500 })) expect(demand.originId).toMatch(/^demo\//)
  })

  it('leaves out fields that a market of industry must not show', async () => {
    const leads = await offerings.page(market.ports.database, { kind: 'lead' }, { after: '', limit: 2000 })
    const disciplines = new Set(leads.flatMap(({ classification }) => classification.map(({ code }) => code)))
    expect(disciplines.size).toBeGreaterThan(25)
    expect([...disciplines].filter((code) => ['0701', '0702', '0704', '0825', '0826', '0827'].includes(code))).toEqual([])
  })

  // These are written to be answered by a result of the same city: not a measure of quality, a check that the data hangs together.
  it.each([
    ['dem-e-53', 'off-weld-seam-tracking'],
    ['dem-e-27', 'off-synthetic-cutting-fluid'],
    ['dem-e-59', 'off-aflatoxin-qd-strip'],
  ])('%s finds %s among the first three', async (demandKey, offeringKey) => {
    const demand = (await demands.find(market.ports.database, await idOf('demand', demandKey)))!
    const { ranking } = await rankOfferings(market.ports, demand)
    expect(ranking.slice(0, 3).map(({ offering }) => offering.id)).toContain(await idOf('offering', offeringKey))
  })
})
