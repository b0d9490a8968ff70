import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { often } from '../../src/jobs.ts'
import { defaultLimits } from '../../src/platform/limits/limits.ts'
import { Problem } from '../../src/platform/problem.ts'
import { installations, letterBox } from '../worlds.ts'
import type { Browser, Sheet } from './browser.ts'
import { behindProxy, openSignInMarket, type SignInMarket } from './signed-in.ts'

const password = '榫卯相合不用一钉一胶也牢'
const day = 86_400
const limits = {
  ...defaultLimits,
  'wrong-address': { quota: 6, seconds: 3600 },
  'password-account': { quota: 8, seconds: day },
  'code-number': { quota: 4, seconds: day },
}

for (const name of installations) {
  describe(`guessing on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name, { peerOf: behindProxy }, { limits })
    })
    afterAll(() => market?.world.close())

    let addresses = 0
    const somewhere = () => market.browserFrom(`203.0.113.${++addresses}`)
    /** Somebody with a password, and the device on which he signed in. */
    async function owner(phone: string, email: string): Promise<Browser> {
      const own = somewhere()
      await market.signIn(own, phone)
      await market.setPassword(own, email, password)
      await own.post('/sign-out')
      return own
    }
    const guess = (own: Browser, email: string, word = '猜一猜猜一猜猜一猜猜一猜') =>
      own.post('/sign-in/password', { email, password: word })
    const statuses = (sheets: Sheet[]) => sheets.map(({ status }) => status)

    it('a password from one place ends after five tries, and holds nobody else up', async () => {
      await owner('13300133000', 'luo@zhongli.example')
      const attacker = somewhere()
      const guesses = await Promise.all(Array.from({ length: 12 }, () => guess(attacker, 'luo@zhongli.example')))
      expect(statuses(guesses).toSorted()).toEqual([...Array(5).fill(422), ...Array(7).fill(429)])
      const refused = await guess(attacker, 'LUO@zhongli.example ', password)
      expect([refused.status, refused.html.includes('请在 3 分钟后再试，也可以改用手机号登录')]).toEqual([429, true])
      expect(Number(refused.header('retry-after'))).toBeGreaterThan(100)
      expect((await guess(somewhere(), 'luo@zhongli.example', password)).status).toBe(303)
    })

    it('a password from many places ends too, but not for the device of the owner, nor by his number', async () => {
      const own = await owner('13300133001', 'tie@zhongli.example')
      const guesses: Sheet[] = []
      for (let place = 0; place < 5; place++) {
        const attacker = somewhere()
        for (let tries = 0; tries < 3; tries++) guesses.push(await guess(attacker, 'tie@zhongli.example'))
      }
      expect(statuses(guesses)).toEqual([...Array(8).fill(422), ...Array(7).fill(429)])
      expect((await guess(somewhere(), 'tie@zhongli.example', password)).status).toBe(429)
      expect((await guess(own, 'tie@zhongli.example', password)).status).toBe(303)
      expect((await market.signIn(somewhere(), '13300133001')).status).toBe(303)
    })

    it('one password for many accounts from one place ends too', async () => {
      await owner('13300133002', 'shen@zhongli.example')
      const attacker = somewhere()
      expect((await guess(attacker, 'shen@zhongli.example', password)).status).toBe(303)
      const guesses: Sheet[] = []
      for (let at = 0; at < 8; at++) guesses.push(await guess(attacker, `someone-${at}@zhongli.example`, 'Zhongli-2026-Spring'))
      expect(statuses(guesses)).toEqual([...Array(6).fill(422), 429, 429])
    })

    it('codes of many numbers from one place end too', async () => {
      const attacker = somewhere()
      const guesses: Sheet[] = []
      for (let at = 0; at < 4; at++) {
        const { location } = await attacker.post('/sign-in', { phone: `1330013310${at}` })
        for (const code of ['000000', '111111']) guesses.push(await attacker.post(location.split('?')[0]!, { code: other(code) }))
      }
      expect(statuses(guesses)).toEqual([...Array(6).fill(422), 429, 429])
    })
    const other = (code: string) => (code === market.code() ? '222222' : code)

    it('whoever asks for codes in the name of another neither takes his codes away nor keeps him from getting them', async () => {
      const own = somewhere()
      await market.signIn(own, '13300133003')
      await own.post('/sign-out')
      market.pass(60)
      const asked = await own.post('/sign-in', { phone: '13300133003' })
      const code = market.code()
      const sheets: Sheet[] = []
      for (let at = 0; at < 5; at++) sheets.push(await somewhere().post('/sign-in', { phone: '13300133003' }))
      // One of the four was his own first.
      expect(statuses(sheets)).toEqual([303, 303, 303, 429, 429])
      expect((await own.post(asked.location.split('?')[0]!, { code })).status).toBe(303)
      await own.post('/sign-out')
      expect((await market.signIn(own, '13300133003')).status).toBe(303)
    })

    it('a device is known by what we have sealed, for its own account', async () => {
      const own = await owner('13300133004', 'lu@zhongli.example')
      const stranger = await owner('13300133005', 'gu@zhongli.example')
      for (let place = 0; place < 4; place++) {
        const attacker = somewhere()
        for (let tries = 0; tries < 2; tries++) await guess(attacker, 'lu@zhongli.example')
      }
      expect((await guess(stranger, 'lu@zhongli.example', password)).status).toBe(429)
      const [name, value] = own.cookie('sunmao.device')!.split('=') as [string, string]
      const [accountId, at, seal] = value.split('.')
      const later = (Number.parseInt(at!, 36) + 1).toString(36)
      for (const forged of [`${accountId}.${later}.${seal}`, `${accountId}.${at}.${'0'.repeat(64)}`, accountId, `${value}0`]) {
        const sheet = await somewhere().post(
          '/sign-in/password',
          { email: 'lu@zhongli.example', password },
          { origin: 'http://market.example', cookie: `${name}=${forged}` },
        )
        expect([forged, sheet.status]).toEqual([forged, 429])
      }
      expect((await guess(own, 'lu@zhongli.example', password)).status).toBe(303)
    })

    it('keeps of an address only what nobody can read, and not for long', async () => {
      await guess(somewhere(), 'nobody@zhongli.example')
      const rows = await market.world.database.query.selectFrom('quota').selectAll().execute()
      expect(rows.length).toBeGreaterThan(5)
      for (const { key } of rows) expect(key).toMatch(/^[0-9a-f]{40}$/)
      market.pass(2 * day)
      await often(market.ports)
      expect(await market.world.database.query.selectFrom('quota').selectAll().execute()).toEqual([])
    })
  })
}

describe('a code that could not be sent', () => {
  it('is not counted', async () => {
    const { messenger } = letterBox()
    let isBroken = true
    const market = await openSignInMarket(
      'sqlite',
      { peerOf: behindProxy },
      {
        messenger: {
          ...messenger,
          async send(message) {
            if (isBroken) throw new Problem('not-sent')
            return messenger.send(message)
          },
        },
      },
    )
    const own = market.browserFrom('203.0.113.1')
    for (let tries = 0; tries < 20; tries++) expect((await own.post('/sign-in', { phone: '13300133009' })).status).toBe(502)
    isBroken = false
    expect((await own.post('/sign-in', { phone: '13300133009' })).status).toBe(303)
    expect((await own.post('/sign-in', { phone: '13300133009' })).status).toBe(422)
    await market.world.close()
  })
})

describe('passwords that are tried by the hundred', () => {
  it('are looked at one by one, and the rest are sent away', async () => {
    const market = await openSignInMarket('sqlite', { peerOf: behindProxy })
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        market
          .browserFrom(`203.0.113.${at}`)
          .post('/sign-in/password', { email: `someone-${at}@zhongli.example`, password: 'Zhongli-2026-Spring' }),
      ),
    )
    expect(guesses.filter(({ status }) => status === 422)).toHaveLength(31)
    const refused = guesses.filter(({ status }) => status === 429)
    expect([refused.length, refused[0]!.header('retry-after')]).toEqual([29, '5'])
    await market.world.close()
  })
})
