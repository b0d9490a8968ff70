import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { MadeInvitation, Member } from '../../src/accounts/member.ts'
import { Who } from '../../src/accounts/who.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { installations } from '../worlds.ts'
import { faultsOf, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const Members = z.object({ items: z.array(Member) })
const anybody = { phone: null, email: null, rank: 'editor' }

for (const name of installations) {
  describe(`members on ${name}`, () => {
    let market: SignInMarket
    let people = 0
    const nextPhone = () => `1340000${String(++people).padStart(4, '0')}`
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    async function firm() {
      const { id } = await market.enterprise({ name: '众砺重工有限公司' })
      const owner = await market.member(nextPhone(), 'enterprise', id)
      const me = (await owner.get('/api/account')).as(Who).membership!.id
      return { id, owner, me }
    }
    const pathOf = ({ link }: MadeInvitation) => new URL(link).pathname
    const invited = async (owner: { post: SignInMarket['visitor']['post'] }, draft: object = anybody) =>
      (await owner.post('/api/members/invitations', draft)).as(MadeInvitation)
    async function signedIn(phone: string) {
      const own = market.browser()
      await market.signIn(own, phone)
      return own
    }

    it('are seen by each other, with numbers masked, and by nobody else', async () => {
      const { id, owner } = await firm()
      const phone = nextPhone()
      const viewer = await market.member(phone, 'enterprise', id, 'viewer')
      const { items } = (await viewer.get('/api/members')).as(Members)
      expect(items).toMatchObject([
        { rank: 'owner', isOneself: false },
        { rank: 'viewer', isOneself: true, phone: `${phone.slice(0, 3)}****${phone.slice(-4)}` },
      ])
      const other = await firm()
      expect((await other.owner.get('/api/members')).as(Members).items).toHaveLength(1)
      refused(await other.owner.patch(`/api/members/${items[1]!.id}`, 1, { rank: 'owner' }), 'not-found')
      refused(await other.owner.post(`/api/members/${items[1]!.id}/end`), 'not-found')
      refused(await viewer.post(`/api/members/${items[0]!.id}/end`), 'not-permitted')
      expect((await owner.get('/api/members')).status).toBe(200)
    })

    it('of the bureau are the operators', async () => {
      const operator = await market.member(nextPhone(), 'operator', null)
      const { items } = (await operator.get('/api/members')).as(Members)
      expect(items.filter(({ isOneself }) => isOneself)).toHaveLength(1)
      const made = await invited(operator, { ...anybody, rank: 'viewer' })
      const phone = nextPhone()
      const own = await signedIn(phone)
      await own.post(`${pathOf(made)}/acceptance`)
      // Operators go no further without a second factor.
      expect((await own.get('/account')).location).toBe('/account/second-factor')
    })

    it('get another rank by those who manage, of those that the role has, and at the version that was seen', async () => {
      const { id, owner } = await firm()
      await market.member(nextPhone(), 'enterprise', id, 'viewer')
      const [, member] = (await owner.get('/api/members')).as(Members).items
      const path = `/api/members/${member!.id}`
      expect(faultsOf(await owner.patch(path, 1, { rank: 'transfer-office' }))).toEqual({ '/rank': 'not-for-this-role' })
      expect((await owner.patch(path, 1, { rank: 'editor' })).as(Member)).toMatchObject({ rank: 'editor', version: 2 })
      refused(await owner.patch(path, 1, { rank: 'owner' }), 'version-differs')
      expect(await entriesAbout(market.world.database, member!.id)).toMatchObject([
        { kind: 'membership.admitted' },
        { kind: 'membership.amended', facts: { fields: ['rank'], rank: 'editor' } },
      ])
    })

    it('always include one who can manage', async () => {
      const { id, owner, me } = await firm()
      await market.member(nextPhone(), 'enterprise', id, 'editor')
      expect(refused(await owner.patch(`/api/members/${me}`, 1, { rank: 'viewer' }), 'not-allowed-now').detail).toContain('负责人')
      refused(await owner.post(`/api/members/${me}/end`), 'not-allowed-now')
      const [, editor] = (await owner.get('/api/members')).as(Members).items
      await owner.patch(`/api/members/${editor!.id}`, 1, { rank: 'owner' })
      expect((await owner.post(`/api/members/${me}/end`)).status).toBe(200)
      refused(await owner.get('/api/members'), 'not-signed-in')
    })

    it('always include one who can manage, even where two leave at the same moment', async () => {
      const { id, owner, me } = await firm()
      const second = await market.member(nextPhone(), 'enterprise', id)
      const other = (await second.get('/api/account')).as(Who).membership!.id
      const answers = await Promise.all([owner.post(`/api/members/${me}/end`), second.post(`/api/members/${other}/end`)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    })

    it('are members once, however often they are admitted at the same moment', async () => {
      const { id } = await firm()
      const { id: accountId } = await accountOf(market.ports, `+86${nextPhone()}`)
      const wanted = { accountId, role: 'enterprise', subjectId: id, rank: 'viewer' } as const
      const admitted = await Promise.allSettled(Array.from({ length: 6 }, () => admitMember(market.ports, 'the test', wanted)))
      expect(admitted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const each of admitted) if (each.status === 'rejected') expect(each.reason).toMatchObject({ kind: 'already-exists' })
    })

    it('come by invitation: a link that is sent, looked at, accepted once, and makes them members at once', async () => {
      const { id, owner } = await firm()
      const phone = nextPhone()
      const made = await invited(owner, { ...anybody, phone })
      expect(made.isSent).toBe(true)
      expect(market.sent.at(-1)).toMatchObject({
        to: `+86${phone}`,
        kind: 'invitation',
        facts: { organisation: '众砺重工有限公司', link: made.link },
      })
      const path = pathOf(made)
      const stranger = await market.browser().get(path)
      expect(stranger.html).toContain('邀请您加入众砺重工有限公司')
      expect(stranger.html).toContain(`href="/sign-in?back=${encodeURIComponent(path)}"`)
      expect(stranger.html).not.toContain(phone)
      const own = await signedIn(phone)
      expect((await own.get(path)).html).toContain('接受邀请')
      // Opening it, which mail scanners do too, has changed nothing.
      expect((await owner.get('/api/members/invitations')).text).toContain(made.id)
      expect((await own.post(`${path}/acceptance`)).location).toBe('/account')
      expect((await own.get('/account')).html).toContain('众砺重工有限公司')
      expect((await own.get(path)).status).toBe(410)
      expect((await own.post(`${path}/acceptance`)).status).toBe(410)
      expect((await owner.get('/api/members')).as(Members).items).toMatchObject([{ rank: 'owner' }, { rank: 'editor' }])
      expect((await owner.get('/api/members/invitations')).text).not.toContain(made.id)
      expect(await entriesAbout(market.world.database, made.id)).toMatchObject([
        { kind: 'invitation.made', facts: { role: 'enterprise', subjectId: id, rank: 'editor', isSent: true } },
        { kind: 'invitation.accepted' },
      ])
      const rows = await market.world.database.query.selectFrom('journal').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(phone)
      expect(JSON.stringify(rows)).not.toContain(path.split('/')[2])
    })

    it('who were not the ones invited are told so, and are not let in', async () => {
      const { owner } = await firm()
      const made = await invited(owner, { ...anybody, phone: nextPhone() })
      const own = await signedIn(nextPhone())
      const page = await own.get(pathOf(made))
      expect([page.html.includes('发给了另一个手机号'), page.html.includes('接受邀请</button>')]).toEqual([true, false])
      const forced = await own.post(`${pathOf(made)}/acceptance`)
      expect([forced.status, forced.html.includes('发给了另一个手机号')]).toEqual([403, true])
    })

    it('need not come: an invitation is declined, taken back, replaced, or runs out after a week', async () => {
      const { owner } = await firm()
      const phone = nextPhone()
      const [declined, takenBack, late] = [await invited(owner), await invited(owner), await invited(owner)]
      expect((await market.browser().post(`${pathOf(declined)}/refusal`)).html).toContain('已谢绝')
      await owner.post(`/api/members/invitations/${takenBack.id}/revocation`)
      refused(await owner.post(`/api/members/invitations/${takenBack.id}/revocation`), 'not-found')
      const replaced = await invited(owner, { ...anybody, phone })
      const again = await invited(owner, { ...anybody, phone })
      expect((await market.browser().get(pathOf(again))).status).toBe(200)
      market.pass(7 * 86_400)
      for (const gone of [declined, takenBack, late, replaced, again]) expect((await market.browser().get(pathOf(gone))).status).toBe(410)
    })

    it('are not invited by somebody who may not invite any more', async () => {
      const { id, owner, me } = await firm()
      await market.member(nextPhone(), 'enterprise', id)
      const made = await invited(owner)
      await owner.post(`/api/members/${me}/end`)
      expect((await market.browser().get(pathOf(made))).status).toBe(410)
    })

    it('are looked after on a page', async () => {
      const { id } = await firm()
      const phone = nextPhone()
      await market.admit(phone, 'enterprise', id)
      const own = await signedIn(phone)
      expect((await own.get('/account/members')).html).toContain('邀请成员')
      expect((await own.post('/account/members/invitations', { to: 'nobody', rank: 'viewer' })).status).toBe(422)
      expect((await own.post('/account/members/invitations', { to: '', rank: 'transfer-office' })).status).toBe(422)
      const made = await own.post('/account/members/invitations', { to: 'luo@zhongli.example', rank: 'viewer' })
      expect(made.html).toMatch(/http:\/\/market\.example\/invitations\/sml_[0-9a-f]{40}/)
      expect(market.sent.at(-1)).toMatchObject({ to: 'luo@zhongli.example', kind: 'invitation' })
      const { html } = await own.get('/account/members')
      expect(html).toContain('luo@zhongli.example')
      await own.post('/account/members/invitations/revocation', { id: /value="(ivt_\w+)"/.exec(html)![1]! })
      expect((await own.get('/account/members')).html).not.toContain('luo@zhongli.example')
      const first = /name="id" value="(mem_\w+)"/.exec(html)![1]!
      expect((await own.post('/account/members/rank', { id: first, version: '1', rank: 'viewer' })).location).toBe('/account/members')
      expect((await own.post('/account/members/end', { id: first })).location).toBe('/account/members')
      expect((await own.get('/account/members')).html.match(/负责人/g)!.length).toBeGreaterThan(0)
    })

    it('are called by the name that they give, which stands in no journal', async () => {
      const { id, owner } = await firm()
      const phone = nextPhone()
      await market.admit(phone, 'enterprise', id, 'viewer')
      const own = await signedIn(phone)
      expect((await own.post('/account/name', { name: '长'.repeat(61) })).status).toBe(422)
      expect((await own.post('/account/name', { name: ' 罗采薇 ' })).location).toBe('/account')
      expect((await owner.get('/api/members')).as(Members).items[1]).toMatchObject({ name: '罗采薇' })
      const rows = await market.world.database.query.selectFrom('journal').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain('罗采薇')
      expect((await own.post('/account/name', { name: '' })).location).toBe('/account')
      expect((await owner.get('/api/members')).as(Members).items[1]).toMatchObject({ name: null })
    })

    it('whose page and whose link nobody keeps', async () => {
      const { owner } = await firm()
      const answer = await market.app.request(pathOf(await invited(owner)))
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    })
  })
}
