import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Auth, makeAuth } from '../../src/accounts/actions/auth.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { databases, testPorts, type World } from '../worlds.ts'

/** What the library of sessions keeps, and how, on every database: in our tables, through our connection, without transactions. */
for (const [name, open] of Object.entries(databases)) {
  describe(`accounts and sessions on ${name}`, () => {
    let world: World
    let auth: Auth
    let accountId: string
    let headers: Headers
    beforeAll(async () => {
      world = await open()
      const ports = testPorts(world.database)
      auth = makeAuth(ports, 'a-secret-of-the-contract-suite-0001', false)
      accountId = (await accountOf(ports, '+8613800138000')).id
      await world.database.query.updateTable('account').set({ email: 'wen@example.com', email_verified: 1 }).execute()
      headers = await begin()
    })
    afterAll(() => world?.close())

    async function begin(): Promise<Headers> {
      const begun = await auth.api.beginSession({ body: { accountId, secondFactorAt: null }, headers: new Headers(), returnHeaders: true })
      return new Headers({ cookie: begun.headers.getSetCookie()[0]!.split(';')[0]! })
    }

    it('gives an account and a session ids of ours, and finds them by the cookie', async () => {
      const found = await auth.api.getSession({ headers })
      expect(found?.user).toMatchObject({
        id: expect.stringMatching(/^acc_[a-z2-7]{20}$/),
        phone: '+8613800138000',
        twoFactorEnabled: false,
      })
      expect(found?.session).toMatchObject({ id: expect.stringMatching(/^ses_/), membershipId: null, secondFactorAt: null })
      expect(await auth.api.getSession({ headers: new Headers({ cookie: `${headers.get('cookie')}x` }) })).toBeNull()
    })

    it('writes instants as text and booleans as numbers', async () => {
      const { rows } = await sql<Record<string, unknown>>`select * from account`.execute(world.database.query)
      expect(rows).toEqual([
        expect.objectContaining({ email_verified: 1, created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) }),
      ])
    })

    it('keeps a password as a hash, and lets nobody in with another one', async () => {
      await auth.api.setPassword({ headers, body: { newPassword: '榫卯相合不用一钉一胶也牢' } })
      const email = 'wen@example.com'
      expect((await auth.api.signInEmail({ body: { email, password: '榫卯相合不用一钉一胶也牢' } })).user.id).toBe(accountId)
      await expect(auth.api.signInEmail({ body: { email, password: '榫卯相合不用一钉一胶也牢吗' } })).rejects.toMatchObject({
        statusCode: 401,
      })
      const { rows } = await sql<{ password: string }>`select password from credential`.execute(world.database.query)
      expect(rows[0]!.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
    })

    it('ends one session, and all of an account', async () => {
      const [phone, tablet] = [await begin(), await begin()]
      await auth.api.signOut({ headers: phone })
      expect(await auth.api.getSession({ headers: phone })).toBeNull()
      expect(await auth.api.getSession({ headers: tablet })).not.toBeNull()
      await auth.api.revokeSessions({ headers: tablet })
      expect([await auth.api.getSession({ headers: tablet }), await auth.api.getSession({ headers })]).toEqual([null, null])
    })
  })
}
