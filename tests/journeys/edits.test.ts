import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { memoryDatabase } from '../worlds.ts'
import { casting, welding } from './fixtures.ts'
import { type Answer, type Client, checks, faultsOf, type Market, openMarket, refused } from './market.ts'

const Page = pageOf(DemandView)
const jsonType = { 'content-type': 'application/json' }

let market: Market
let enterprise: Client
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
})

const count = async () => (await enterprise.get(`/api/demands?enterpriseId=${enterprise.id}&limit=100`)).as(Page).items.length

describe('an edit', () => {
  let id: string
  beforeEach(async () => {
    id = (await market.draft(enterprise, welding)).id
  })
  const path = () => `/api/demands/${id}`
  const patchWith = (headers: Record<string, string>, body: unknown = { keywords: ['旁弯'] }) =>
    enterprise.ask('PATCH', path(), { body, headers })
  const version = async () => (await enterprise.get(path())).as(DemandView).version

  it('without If-Match is refused', async () => {
    refused(await patchWith({}), 'version-required')
    expect(await version()).toBe(1)
  })

  it('of an older version is refused, with the present one', async () => {
    await enterprise.patch(path(), 1, { keywords: ['火焰校正'] })
    const answer = await enterprise.patch(path(), 1, { keywords: ['旁弯'] })
    expect(refused(answer, 'version-differs')).toMatchObject({ current: 2 })
    expect(answer.header('etag')).toBe('"2"')
    expect((await enterprise.get(path())).as(DemandView).keywords).toEqual(['火焰校正'])
  })

  it.each(['1', '"', '""', '"one"', '"1", "2"', '*', '"-1"', '"1.0"', `"${'9'.repeat(400)}"`])(
    'with If-Match %s matches nothing',
    async (header) => {
      const answer = await patchWith({ 'if-match': header })
      refused(answer, 'version-differs')
      expect(answer.header('etag')).toBe('"1"')
    },
  )

  it('is read with a weak tag, and as plain JSON too', async () => {
    expect((await patchWith({ 'if-match': 'W/"1"', ...jsonType })).status).toBe(200)
  })

  it('of another type than JSON is refused', async () => {
    const { accepted } = refused(
      await patchWith({ 'if-match': '"1"', 'content-type': 'application/json-patch+json' }),
      'unsupported-media-type',
    )
    expect(accepted).toBe('application/merge-patch+json')
  })

  it('that changes nothing leaves the version as it is', async () => {
    const nothing = [
      {},
      { title: welding.title },
      { indicators: welding.indicators },
      { region: { code: welding.region.code } },
      { businessContact: { name: welding.businessContact.name } },
    ]
    for (const patch of nothing) {
      const answer = await enterprise.patch(path(), 1, patch)
      expect(answer.status).toBe(200)
      expect(answer.header('etag'), JSON.stringify(patch)).toBe('"1"')
    }
    expect(await version()).toBe(1)
  })

  it('with null empties what may be empty, at every depth', async () => {
    const answer = await enterprise.patch(path(), 1, {
      budgetMaxFen: null,
      region: null,
      technicalContact: null,
      businessContact: { phone: null },
    })
    expect(answer.as(Demand)).toMatchObject({
      budgetMaxFen: null,
      region: null,
      technicalContact: null,
      businessContact: { ...welding.businessContact, phone: null },
      title: welding.title,
    })
  })

  it.each([
    ['the title', { title: null }, { '/title': 'invalid-type' }],
    ['a list', { keywords: null }, { '/keywords': 'invalid-type' }],
    ['the enterprise', { enterpriseId: null }, { '/enterpriseId': 'invalid-type' }],
    ['a member deep down', { businessContact: { name: null } }, { '/businessContact/name': 'invalid-type' }],
  ])('cannot remove %s', async (_, patch, expected) => {
    expect(faultsOf(await enterprise.patch(path(), 1, patch))).toEqual(expected)
    expect(await version()).toBe(1)
  })

  it.each([
    ['an unknown field', { budget: 1 }, { '/budget': 'unknown-field' }],
    [
      'what the market decides',
      { state: 'published', version: 9, brokerId: null, id: 'dem_x' },
      { '/state': 'unknown-field', '/version': 'unknown-field', '/id': 'unknown-field' },
    ],
    [
      'a parsed form of its own',
      { indicators: [{ text: '旁弯≤3 mm', need: 'must', parsed: null }] },
      { '/indicators/0/parsed': 'unknown-field' },
    ],
    ['bounds turned upside down', { budgetMaxFen: 1 }, { '/budgetMaxFen': 'below-minimum' }],
    ['a day that has passed', { deadlineOn: '2026-01-01' }, { '/deadlineOn': 'past-day' }],
  ])('with %s is refused', async (_, patch, expected) => {
    expect(faultsOf(await enterprise.patch(path(), 1, patch))).toEqual(expected)
    expect(await version()).toBe(1)
  })

  it('is not refused for a day that was right when it was written', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.draft(asking, { ...casting, deadlineOn: '2026-11-23' })
    own.passDays(5)
    expect((await asking.patch(`/api/demands/${id}`, 1, { keywords: ['压铸'] })).status).toBe(200)
  })
})

describe('a race', () => {
  /** A database in which commits of changes wait until two have come: whoever read before them has then read the same. */
  async function racing(): Promise<{ own: Market; start(): void }> {
    const database = await memoryDatabase()
    let waiting: (() => void)[] | null = null
    const gated: Database = {
      ...database,
      async commit(...statements) {
        if (waiting !== null) {
          await new Promise<void>((resolve) => {
            waiting!.push(resolve)
            if (waiting!.length === 2) for (const go of waiting!.splice(0)) go()
          })
        }
        return database.commit(...statements)
      },
    }
    return {
      own: await openMarket({ database: gated }),
      start() {
        waiting = []
      },
    }
  }
  const sorted = (answers: Answer[]) => [...answers].sort((a, b) => a.status - b.status)

  it('of two edits lets one through and tells the other the present version', async () => {
    const { own, start } = await racing()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.draft(asking, casting)
    start()
    const answers = await Promise.all(['真空压铸', '挤压铸造'].map((word) => asking.patch(`/api/demands/${id}`, 1, { keywords: [word] })))
    const [won, lost] = sorted(answers)
    expect(won!.as(Demand).version).toBe(2)
    expect(refused(lost!, 'version-differs')).toMatchObject({ current: 2 })
    expect(lost!.header('etag')).toBe('"2"')
    expect((await asking.get(`/api/demands/${id}`)).as(DemandView).keywords).toEqual(won!.as(Demand).keywords)
  })

  it('of two verbs lets one through and tells the other the present state', async () => {
    const { own, start } = await racing()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.vetting(asking, casting)
    start()
    const answers = await Promise.all([
      asking.post(`/api/demands/${id}/withdrawal`),
      own.operator.post(`/api/demands/${id}/publication`, { checks }),
    ])
    const [won, lost] = sorted(answers)
    expect(refused(lost!, 'changed-meanwhile')).toMatchObject({ state: won!.as(Demand).state })
  })

  it('of two first settings of the market lets one through', async () => {
    const { own, start } = await racing()
    start()
    const answers = await Promise.all(
      [false, true].map((brokersMayTake) => own.operator.patch('/api/market/settings', 0, { name: '砺州市场', brokersMayTake })),
    )
    const [won, lost] = sorted(answers)
    expect(won!.status).toBe(200)
    refused(lost!, 'version-differs')
  })
})

describe('an Idempotency-Key', () => {
  const withKey = (client: Client, key: string, body: object = casting) => client.post('/api/demands', body, { 'idempotency-key': key })

  it('repeated gets the same answer, and one row is made', async () => {
    const before = await count()
    const first = await withKey(enterprise, 'k-1')
    const again = await withKey(enterprise, 'k-1')
    expect([again.status, again.text]).toEqual([201, first.text])
    for (const name of ['content-type', 'location', 'etag']) expect(again.header(name)).toBe(first.header(name))
    expect([first.header('idempotency-replayed'), again.header('idempotency-replayed')]).toEqual([null, 'true'])
    expect(again.header('x-request-id')).not.toBeNull()
    expect(await count()).toBe(before + 1)
  })

  it('repeated gets a refusal again too', async () => {
    const first = await withKey(enterprise, 'k-2', { title: '孔' })
    faultsOf(first)
    expect((await withKey(enterprise, 'k-2', { title: '孔' })).text).toBe(first.text)
  })

  it('with another body, or on another path, is refused', async () => {
    await withKey(enterprise, 'k-3')
    refused(await withKey(enterprise, 'k-3', { ...casting, title: '另一个铸件问题' }), 'key-reused')
    const { id } = await market.draft(enterprise, casting)
    refused(await enterprise.post(`/api/demands/${id}/withdrawal`, undefined, { 'idempotency-key': 'k-3' }), 'key-reused')
  })

  it('of another actor is another key', async () => {
    const other = await market.enterprise({ name: '北塬机械有限公司' })
    const [first, second] = [await withKey(enterprise, 'k-4'), await withKey(other, 'k-4')]
    expect(first.as(Demand).enterpriseId).toBe(enterprise.id)
    expect(second.as(Demand).enterpriseId).toBe(other.id)
  })

  it('is refused while the first request is still at work, and answers it afterwards', async () => {
    const database = await memoryDatabase()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let reached = () => {}
    const atWork = new Promise<void>((resolve) => {
      reached = resolve
    })
    const slow: Database = {
      ...database,
      async commit(...statements) {
        if (statements.some((statement) => statement.compile().sql.includes('"demand"'))) {
          reached()
          await held
        }
        return database.commit(...statements)
      },
    }
    const own = await openMarket({ database: slow })
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const first = withKey(asking, 'k-5')
    await atWork
    refused(await withKey(asking, 'k-5'), 'request-in-flight')
    release()
    const { id } = (await first).as(Demand)
    expect((await withKey(asking, 'k-5')).as(Demand).id).toBe(id)
  })

  it('of a request that a crash cut off is free again after two minutes', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const { database, now } = own.ports
    const at = new Date(Date.parse(now()) - 121_000).toISOString()
    const row = { actor_id: asking.id, key: 'k-6', request_hash: 'x', state: 'working', status: null, headers: null, body: null, at }
    await database.commit(database.query.insertInto('idempotency').values(row))
    expect((await withKey(asking, 'k-6')).status).toBe(201)
  })

  it('is forgotten after a day', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const first = (await withKey(asking, 'k-7')).as(Demand)
    own.passDays(1)
    expect((await withKey(asking, 'k-7')).as(Demand).id).not.toBe(first.id)
  })

  it('may have 200 characters', async () => {
    expect(faultsOf(await withKey(enterprise, 'k'.repeat(201)))).toEqual({ '/idempotency-key': 'too-big' })
    const { id } = await market.draft(enterprise, casting)
    const answer = await enterprise.post(`/api/demands/${id}/withdrawal`, undefined, { 'idempotency-key': 'k'.repeat(201) })
    expect(faultsOf(answer)).toEqual({ '/idempotency-key': 'too-big' })
  })
})
