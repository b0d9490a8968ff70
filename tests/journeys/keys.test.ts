import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endMembership } from '../../src/accounts/actions/membership.ts'
import { revokeToken } from '../../src/accounts/actions.ts'
import { permissions } from '../../src/accounts/permissions.ts'
import { MadeKey } from '../../src/accounts/token.ts'
import { Who } from '../../src/accounts/who.ts'
import { wordsOf } from '../../src/platform/i18n/words.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { casting } from './fixtures.ts'
import { type Client, faultsOf, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const draft = { name: '排产系统', days: 30, scopes: null, rank: null, requestsPerMinute: null }

for (const name of ['sqlite', 'postgres']) {
  describe(`keys on ${name}`, () => {
    let market: SignInMarket
    let people = 0
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    /** A firm, its owner who is signed in, and whoever comes with a key of his. */
    async function firm() {
      const { id } = await market.enterprise({ name: '众砺重工有限公司' })
      const owner = await market.member(`1330000${String(++people).padStart(4, '0')}`, 'enterprise', id)
      const make = async (changes: object = {}) => (await owner.post('/api/keys', { ...draft, ...changes })).as(MadeKey)
      const membership = (await owner.get('/api/account')).as(Who).membership!.id
      return { id, owner, membership, make }
    }
    const asking = (secret: string) => ({
      draft: () => market.visitor.post('/api/demands', casting, { authorization: `Bearer ${secret}` }),
      read: (path = '/api/demands') => market.visitor.get(path, { authorization: `Bearer ${secret}` }),
      post: (path: string, body?: object) => market.visitor.post(path, body, { authorization: `Bearer ${secret}` }),
    })
    const setRank = (id: string, rank: string) =>
      market.world.database.query.updateTable('membership').set({ rank }).where('id', '=', id).execute()

    it('are shown once, kept as a hash, and say who they are and what they may', async () => {
      const { id, owner, make } = await firm()
      const made = await make({ scopes: ['demand.write', 'demand.read'], requestsPerMinute: 30 })
      expect(made.secret).toMatch(/^smt_[0-9a-f]{40}$/)
      const listed = await owner.get('/api/keys')
      expect(listed.text).toContain(made.id)
      expect(listed.text).not.toContain(made.secret)
      const rows = await market.world.database.query.selectFrom('token').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(made.secret)
      expect((await asking(made.secret).read('/api/account')).as(Who)).toMatchObject({
        role: 'enterprise',
        subjectId: id,
        rank: 'owner',
        account: null,
        key: { id: made.id, scopes: ['demand.write', 'demand.read'], requestsPerMinute: 30 },
      })
      expect(await entriesAbout(market.world.database, made.id)).toMatchObject([{ kind: 'token.created', facts: { role: 'enterprise' } }])
    })

    it('may ask as often as they were given, which their answers tell', async () => {
      const { make } = await firm()
      const { read } = asking((await make({ requestsPerMinute: 2 })).secret)
      const first = await read()
      expect(first.header('ratelimit-policy')).toContain('"key-own";q=2;w=60')
      expect(first.header('ratelimit')).toContain('"key-own";r=1;t=')
      expect((await read()).status).toBe(200)
      const third = await read()
      expect(refused(third, 'too-many-requests')).toMatchObject({ 'violated-policies': ['key-own'] })
      expect(Number(third.header('retry-after'))).toBeGreaterThan(0)
      // Another key of the same firm has a limit of its own.
      expect((await asking((await make()).secret).read()).status).toBe(200)
      market.pass(60)
      expect((await read()).status).toBe(200)
    })

    it('may do what they were made for, and nothing else', async () => {
      const { make } = await firm()
      const { secret } = await make({ scopes: ['demand.read'] })
      expect((await asking(secret).read()).status).toBe(200)
      refused(await asking(secret).draft(), 'not-permitted')
      expect(JSON.parse((await asking(secret).draft()).text)).toMatchObject({ reason: 'scope', scope: 'demand.write' })
      refused(await asking(secret).post('/api/keys', draft), 'not-permitted')
      expect((await asking((await make({ scopes: ['demand.write'] })).secret).draft()).status).toBe(201)
    })

    it('are made by those who manage the organisation, and by nobody else', async () => {
      const { id } = await firm()
      for (const rank of ['editor', 'viewer'] as const) {
        const member = await market.member(`1330000${String(++people).padStart(4, '0')}`, 'enterprise', id, rank)
        refused(await member.post('/api/keys', draft), 'not-permitted')
        refused(await member.get('/api/keys'), 'not-permitted')
      }
      const nobody = await market.member(`1330000${String(++people).padStart(4, '0')}`, null, null)
      refused(await nobody.post('/api/keys', draft), 'not-signed-in')
    })

    it('reach no further than their maker, and fall with him', async () => {
      const { owner, make, membership } = await firm()
      const institution = await market.institution({ name: '砺州理工大学' })
      expect(faultsOf(await owner.post('/api/keys', { ...draft, rank: 'transfer-office' }))).toEqual({ '/rank': 'not-for-this-role' })
      expect(faultsOf(await institution.post('/api/keys', { ...draft, rank: 'owner' }))).toEqual({ '/rank': 'not-for-this-role' })
      const { secret } = await make()
      expect((await asking(secret).draft()).status).toBe(201)
      await setRank(membership, 'viewer')
      refused(await asking(secret).draft(), 'not-permitted')
      expect((await asking(secret).read()).status).toBe(200)
      await setRank(membership, 'owner')
      expect((await asking(secret).draft()).status).toBe(201)
    })

    it('die with the membership of their maker', async () => {
      const { make, membership } = await firm()
      const { secret } = await make()
      await endMembership(market.ports, 'the test', membership)
      refused(await asking(secret).read(), 'not-signed-in')
    })

    it('that were made by a key reach no further than that one, and die with it', async () => {
      const { make } = await firm()
      const parent = await make({ scopes: ['key.manage', 'demand.read'] })
      expect(faultsOf(await asking(parent.secret).post('/api/keys', { ...draft, scopes: ['demand.write'] }))).toEqual({
        '/scopes': 'beyond-own',
      })
      const child = (await asking(parent.secret).post('/api/keys', draft)).as(MadeKey)
      expect(child.scopes).toEqual(['key.manage', 'demand.read'])
      expect((await asking(child.secret).read()).status).toBe(200)
      await revokeToken(market.ports, 'the test', parent.id)
      refused(await asking(child.secret).read(), 'not-signed-in')
    })

    it('are taken away for good, by their own organisation alone', async () => {
      const { owner, make } = await firm()
      const { id, secret } = await make()
      const other: Client = (await firm()).owner
      refused(await other.post(`/api/keys/${id}/revocation`), 'not-found')
      expect((await other.get('/api/keys')).text).not.toContain(id)
      expect((await owner.post(`/api/keys/${id}/revocation`)).status).toBe(200)
      refused(await owner.post(`/api/keys/${id}/revocation`), 'not-allowed-now')
      refused(await asking(secret).read(), 'not-signed-in')
    })

    it('are good for a year at most, and for what the market knows', async () => {
      const { owner } = await firm()
      expect(faultsOf(await owner.post('/api/keys', { ...draft, days: 366 }))).toEqual({ '/days': 'too-big' })
      expect(faultsOf(await owner.post('/api/keys', { ...draft, scopes: ['demand.everything'] }))).toEqual({ '/scopes/0': 'invalid-value' })
      expect(faultsOf(await owner.post('/api/keys', { ...draft, scopes: [], requestsPerMinute: 0, name: ' ' }))).toMatchObject({
        '/scopes': 'too-small',
        '/requestsPerMinute': 'too-small',
        '/name': 'too-small',
      })
    })

    it('tell the day on which they were last used, and write it down once a day', async () => {
      const { owner, make } = await firm()
      const { id, secret } = await make()
      const lastUsed = async () =>
        JSON.parse((await owner.get('/api/keys')).text).items.find((key: { id: string }) => key.id === id).lastUsedOn
      expect(await lastUsed()).toBeNull()
      await asking(secret).read()
      const day = await lastUsed()
      expect(day).toMatch(/^\d{4}-\d\d-\d\d$/)
      await market.world.database.query.updateTable('token').set({ last_used_on: '2026-01-01' }).where('id', '=', id).execute()
      await asking(secret).read()
      expect(await lastUsed()).toBe(day)
    })

    it('are not shown to whoever repeats the request that made one', async () => {
      const { owner } = await firm()
      const once = { 'idempotency-key': `key-${people}` }
      const first = await owner.post('/api/keys', draft, once)
      const again = await owner.post('/api/keys', draft, once)
      expect([again.status, again.header('idempotency-replayed')]).toEqual([201, 'true'])
      expect(JSON.parse(again.text)).toEqual({ ...JSON.parse(first.text), secret: 'smt_…' })
      const rows = await market.world.database.query.selectFrom('idempotency').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(JSON.parse(first.text).secret)
    })

    it('are made for what has a name in both languages', () => {
      const nouns = new Set(Object.keys(permissions).map((verb) => verb.split('.')[0]!))
      for (const locale of ['zh-CN', 'en'] as const) {
        const named = Object.keys(wordsOf(locale).access.keys.nouns)
        expect([...nouns].filter((noun) => !named.includes(noun))).toEqual([])
      }
    })

    it('have a page, on which one is made, shown once and taken away', async () => {
      const { id } = await market.enterprise({ name: '恒砺机械有限公司' })
      await market.admit('13300009999', 'enterprise', id)
      const own = market.browser()
      await market.signIn(own, '13300009999')
      expect((await own.get('/account')).html).toContain('href="/account/keys"')
      const refusedForm = await own.post('/account/keys', { name: '', days: '4000' })
      expect([refusedForm.status, refusedForm.html.includes('不能大于 365')]).toEqual([422, true])
      const made = await own.post('/account/keys', { name: '产线看板', days: '30', scopes: 'demand.read', requestsPerMinute: '' })
      const [secret] = /smt_[0-9a-f]{40}/.exec(made.html)!
      expect((await asking(secret).read()).status).toBe(200)
      const list = await own.get('/account/keys')
      expect(list.html).toContain('产线看板')
      expect(list.html).not.toContain(secret)
      await own.post('/account/keys/revocation', { id: /name="id" value="(tok_\w+)"/.exec(list.html)![1]! })
      refused(await asking(secret).read(), 'not-signed-in')
    })
  })
}
