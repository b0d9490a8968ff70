import { beforeAll, describe, expect, it } from 'vitest'
import { Contact } from '../../src/engagements/contact.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { fixture, lead } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

let market: Market
let broker: Client
let enterprise: Client
let id: string
beforeAll(async () => {
  market = await openMarket({ address: 'https://market.example' })
  broker = await market.broker({ name: '鲁经理' })
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  id = (await market.offer(market.operator, lead)).id
})
const post = (as: Client, fields: Record<string, string>) =>
  as.ask('POST', `/offerings/${id}/inviting`, {
    raw: { body: new URLSearchParams(fields).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })

describe('the authors of a lead', () => {
  it('are invited by a broker with a text in both languages that leads to where they enter the market', async () => {
    expect((await broker.get(`/offerings/${id}`)).text).toContain('邀请作者入驻')
    expect((await enterprise.get(`/offerings/${id}`)).text).not.toContain('邀请作者入驻')
    const page = (await broker.get(`/offerings/${id}/inviting`)).text
    expect(page).toContain('https://market.example/account/enrolment')
    expect(page).toContain('Dear author')
    expect(page).toContain(lead.title)
  })

  it('are known to have been written to, with the day alone for other brokers', async () => {
    const other = await market.broker({ name: '罗经理' })
    expect((await other.get(`/offerings/${id}/inviting`)).text).not.toContain('已有人联系过作者')
    expect((await post(broker, { withWhom: '通讯作者' })).status).toBe(303)
    expect((await broker.get(`/offerings/${id}/inviting`)).text).toContain('通讯作者')
    const seen = (await other.get(`/offerings/${id}/inviting`)).text
    expect(seen).toContain('已有人联系过作者')
    expect(seen).not.toContain('通讯作者')
    const { items } = (await market.operator.get(`/api/contacts?subjectId=${id}`)).as(pageOf(Contact))
    expect(items).toMatchObject([{ subjectId: id, result: 'invited', withWhom: '通讯作者' }])
    expect((await post(broker, { withWhom: '长'.repeat(61) })).status).toBe(422)
  })

  it('are nobody else’s to invite, and a result with an owner is asked by its own way', async () => {
    refused(await enterprise.get(`/offerings/${id}/inviting`), 'not-permitted')
    expect((await post(enterprise, {})).status).toBe(403)
    const { id: owned } = await market.offer(await market.institution({ name: '砺州理工大学' }), fixture)
    refused(await broker.get(`/offerings/${owned}/inviting`), 'not-allowed-now')
    const contact = { channel: 'other', result: 'invited', withWhom: null, note: null, on: '2026-11-20', next: null }
    refused(await broker.post('/api/contacts', { ...contact, subjectId: owned }), 'invalid-input')
  })

  it('are forgotten six months after they were written to', async () => {
    market.passDays(150)
    await retain(market.ports, { dryRun: false })
    expect((await market.operator.get(`/api/contacts?subjectId=${id}`)).text).toContain('通讯作者')
    market.passDays(40)
    await retain(market.ports, { dryRun: false })
    expect((await market.operator.get(`/api/contacts?subjectId=${id}`)).text).not.toContain('通讯作者')
  })
})
