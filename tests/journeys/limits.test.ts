import { describe, expect, it } from 'vitest'
import { LimitsText } from '../../src/platform/limits/limits.ts'
import { type Market, openMarket, refused } from './market.ts'
import { behindProxy, openSignInMarket } from './signed-in.ts'

/** A market where little may be asked for, and where callers are at addresses. */
const tight = (text: string): Promise<Market> => openMarket({ limits: LimitsText.parse(text) }, { peerOf: behindProxy })
const from = (address: string) => ({ 'x-forwarded-for': address })

describe('a limit', () => {
  it('is told with every answer, and 429 with the time to wait when it is reached', async () => {
    const { visitor } = await tight('search-address=3/3000')
    for (const left of [2, 1, 0]) {
      const answer = await visitor.get('/api/search', from('203.0.113.1'))
      expect(answer.status).toBe(200)
      expect(answer.header('ratelimit-policy')).toBe('"search-address";q=3;w=3000')
      expect(answer.header('ratelimit')).toMatch(new RegExp(`^"search-address";r=${left};t=\\d+$`))
    }
    const answer = await visitor.get('/api/search', from('203.0.113.1'))
    const document = refused(answer, 'too-many-requests')
    expect(document).toMatchObject({ 'violated-policies': ['search-address'] })
    const [, seconds] = /^"search-address";r=0;t=(\d+)$/.exec(answer.header('ratelimit')!)!
    expect(answer.header('retry-after')).toBe(seconds)
    expect(document).toMatchObject({ retryAfterSeconds: Number(seconds), detail: `请在 ${Math.ceil(Number(seconds) / 60)} 分钟后再试。` })
  })

  it('of one address is none of another, and one network of IPv6 is one address', async () => {
    const { visitor } = await tight('search-address=1/3000')
    const statusFrom = async (address: string) => (await visitor.get('/api/search', from(address))).status
    expect(await statusFrom('203.0.113.1')).toBe(200)
    expect(await statusFrom('203.0.113.2')).toBe(200)
    expect(await statusFrom('203.0.113.1')).toBe(429)
    expect(await statusFrom('2001:db8:1:2::1')).toBe(200)
    expect(await statusFrom('2001:db8:1:2:ffff::9')).toBe(429)
    expect(await statusFrom('2001:db8:1:3::1')).toBe(200)
    expect(await statusFrom('::ffff:203.0.113.2')).toBe(429)
  })

  it('of searching is none of reading, of writing or of health', async () => {
    const { visitor, operator } = await tight('search-address=1/3000,search-key=1/3000')
    for (const client of [visitor, operator]) await client.get('/api/search', from('203.0.113.1'))
    for (const client of [visitor, operator]) {
      expect((await client.get('/api/search', from('203.0.113.1'))).status).toBe(429)
      expect((await client.get('/api/demands', from('203.0.113.1'))).status).toBe(200)
      for (let times = 0; times < 50; times++) expect((await client.get('/healthz', from('203.0.113.1'))).status).toBe(200)
    }
    expect((await operator.post('/api/parks', { name: '铸东产业园' }, from('203.0.113.1'))).status).toBe(201)
  })

  it('of a key holds wherever it is used, and for that key alone', async () => {
    const market = await tight('write-key=2/3000')
    const { id } = await market.enterprise({ name: '众砺重工有限公司' })
    const [first, second] = [await market.client('enterprise', id), await market.client('enterprise', id)]
    const draft = { title: '箱形梁焊接变形控制' }
    const statusOf = async (client: typeof first, address: string) => (await client.post('/api/demands', draft, from(address))).status
    expect(await statusOf(first, '203.0.113.1')).toBe(201)
    expect(await statusOf(first, '203.0.113.2')).toBe(201)
    expect(await statusOf(first, '203.0.113.3')).toBe(429)
    const answer = await second.post('/api/demands', draft, from('203.0.113.3'))
    expect(answer.status).toBe(201)
    expect(answer.header('ratelimit-policy')).toBe('"write-address";q=50;w=10, "write-key";q=2;w=3000')
    expect(answer.header('ratelimit')).toMatch(/^"write-address";r=\d+;t=\d+, "write-key";r=1;t=\d+$/)
  })

  it('of an account holds in all its sessions', async () => {
    const market = await openSignInMarket('sqlite', { peerOf: behindProxy }, { limits: LimitsText.parse('search-account=3/86400') })
    const [one, other] = [market.browserFrom('203.0.113.1'), market.browserFrom('203.0.113.2')]
    for (const own of [one, other]) await market.signIn(own, '13200132000')
    for (const own of [one, other, one]) expect((await own.get('/demands')).status).toBe(200)
    const late = await other.get('/demands')
    expect([late.status, late.html.includes('请求过于频繁')]).toEqual([429, true])
    expect((await market.browserFrom('203.0.113.2').get('/demands')).status).toBe(200)
    await market.world.close()
  })

  it('comes before anything is looked up', async () => {
    const market = await tight('read-address=1/3000')
    expect((await market.visitor.get('/api/demands', from('203.0.113.1'))).status).toBe(200)
    market.ports.database = {
      ...market.ports.database,
      get query(): never {
        throw new Error('the database was asked')
      },
    }
    refused(await market.visitor.get('/api/demands', { ...from('203.0.113.1'), authorization: 'Bearer nobody' }), 'too-many-requests')
  })

  it('can be taken away', async () => {
    const { visitor } = await tight('off')
    const answer = await visitor.get('/api/search', from('203.0.113.1'))
    expect([answer.header('ratelimit'), answer.header('ratelimit-policy')]).toEqual([null, null])
  })
})

describe('searches that one party sends all at once', () => {
  it('run one after the other, and those of others beside them', async () => {
    const market = await openMarket({}, { peerOf: behindProxy })
    const running = new Map<string, number>()
    let most = 0
    const { search } = market.ports.search
    market.ports.search.search = async (question) => {
      const text = question.text ?? ''
      running.set(text, (running.get(text) ?? 0) + 1)
      most = Math.max(most, running.get('甲')!)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running.set(text, running.get(text)! - 1)
      return search(question)
    }
    const asked = Array.from({ length: 60 }, () => market.visitor.get(`/api/search?q=${encodeURIComponent('甲')}`, from('203.0.113.1')))
    const other = await market.visitor.get(`/api/search?q=${encodeURIComponent('乙')}`, from('203.0.113.2'))
    const pending = Symbol('pending')
    const states = await Promise.all(asked.map((each) => Promise.race([each.then(({ status }) => status), Promise.resolve(pending)])))
    expect(other.status).toBe(200)
    // The other one did not wait for the sixty.
    expect(states.filter((state) => state === pending).length).toBeGreaterThan(20)
    const answers = await Promise.all(asked)
    expect(answers.filter(({ status }) => status === 200).length).toBe(41)
    refused(answers.find(({ status }) => status === 429)!, 'too-many-requests')
    // Each search asks for its kind once with the words, and for the counts of the four others.
    expect(most).toBeLessThanOrEqual(5)
  })
})
