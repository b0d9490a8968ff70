import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawLink } from '../../src/accounts/actions/link.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { amendDemand, draftDemand, withdrawDemand } from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { expertActions } from '../../src/directory/actions.ts'
import { enterprises } from '../../src/directory/store.ts'
import { acceptTerms, endDisclosure } from '../../src/disclosures/actions.ts'
import { terms } from '../../src/disclosures/disclosure.ts'
import { registerEvidence } from '../../src/evidence/actions.ts'
import { listingRows } from '../../src/imports/tables.ts'
import { handlers, nightly } from '../../src/jobs.ts'
import { requestClaim, withdrawClaim } from '../../src/organisations/actions/claim.ts'
import { amendPrivacy } from '../../src/persons/actions/notice.ts'
import { type RuleName, retain } from '../../src/persons/actions/retention.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Message } from '../../src/platform/messages/messenger.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { findPrivacy } from '../../src/privacy/store.ts'
import { newReading, recordReading } from '../../src/readings/actions.ts'
import { aDemand, anEnterprise, keep } from '../nouns.ts'
import { databases, letterBox, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')
const contact = { name: '罗采薇', phone: '0990-6610233', email: null }
/** A night at the end of January, from which months are not as easy as they look. */
const start = '2026-01-31T18:00:00.000Z'

for (const [name, open] of Object.entries(databases)) {
  describe(`what is kept, for how long, on ${name}`, () => {
    let world: World
    let ports: Ports
    let sent: Message[]
    let at = start
    beforeAll(async () => {
      world = await open()
      const box = letterBox()
      sent = box.sent
      ports = testPorts(world.database, { messenger: box.messenger, now: () => at })
    })
    afterAll(() => world?.close())

    /** From the start, at night. */
    const later = ({ months = 0, days = 0 }: { months?: number; days?: number }) => {
      const date = new Date(start)
      date.setUTCMonth(date.getUTCMonth() + months)
      at = new Date(date.getTime() + days * 86_400_000).toISOString()
    }
    const due = async () => {
      const all = await retain(ports, { dryRun: true })
      return Object.fromEntries(all.flatMap(({ rule, count, ids }) => (count > 0 ? [[rule, ids.length > 0 ? ids : count]] : [])))
    }
    /** That nothing is due the day before, and this the day after. */
    const isDue = async (rule: RuleName, months: number, what: string[] | number) => {
      later({ months, days: -1 })
      expect(await due()).not.toHaveProperty(rule)
      later({ months, days: 4 })
      expect(await due()).toHaveProperty(rule, what)
    }
    const night = async () => {
      await nightly(ports)
      await runDueJobs(ports, handlers)
      const failed = await world.database.query.selectFrom('job').select(['kind', 'failure']).where('failure', 'is not', null).execute()
      expect(failed).toEqual([])
    }
    const rowsOf = async (table: 'claim' | 'demand' | 'expert' | 'disclosure' | 'link' | 'account') =>
      (await world.database.query.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id)
    const anew = () => {
      at = start
    }
    let phones = 0
    const account = async () => (await accountOf(ports, `+861370000${String(++phones).padStart(4, '0')}`)).id
    const firm = () => keep(ports, enterprises, anEnterprise(ports))

    it('contact persons go six months after a demand is closed, from every version', async () => {
      anew()
      const { id: enterpriseId } = await firm()
      const draft = { title: '箱形梁焊接变形控制', problem: '旁弯超过 8 毫米。', enterpriseId }
      const { id } = await draftDemand(ports, operator, { ...draft, businessContact: contact, technicalContact: contact })
      await amendDemand(ports, operator, id, 1, { businessContact: null })
      const { id: former } = await draftDemand(ports, operator, { ...draft, businessContact: contact })
      await amendDemand(ports, operator, former, 1, { businessContact: null })
      await draftDemand(ports, operator, { ...draft, businessContact: contact })
      for (const each of [id, former]) await withdrawDemand(ports, operator, each)
      await isDue('contacts-of-closed-demands', 6, [id, former].toSorted())
      await night()
      expect(await demands.find(world.database, id)).toMatchObject({ businessContact: null, technicalContact: null, state: 'withdrawn' })
      const kept = await world.database.query.selectFrom('revision').select('body').where('subject_id', 'in', [id, former]).execute()
      expect(JSON.stringify(kept)).not.toContain('罗采薇')
      expect(await due()).not.toHaveProperty('contacts-of-closed-demands')
      await isDue('withdrawn-drafts', 12, [id, former].toSorted())
      await night()
      expect(await rowsOf('demand')).not.toContain(id)
    })

    it('claims go a year after their answer, and so do answered links', async () => {
      anew()
      const { id: subjectId } = await firm()
      const claimant = actingAs('visitor', 'visitor', { accountId: await account() })
      const claim = await requestClaim(ports, claimant, { subjectId, note: '我是新任的总工程师' })
      await withdrawClaim(ports, claimant, claim.id)
      const open = await requestClaim(ports, claimant, { subjectId, note: '请核对' })
      const about = { purpose: 'confirm-demand', objectId: 'dem_aaaaaaaaaaaaaaaaaaaa', actorId: operator.id } as const
      const { link, statements } = await drawLink(ports, about)
      const answer = { answer: 'corrected', note: '预算不对，请联系罗采薇', used_at: at }
      await world.database.commit(...statements, world.database.query.updateTable('link').set(answer).where('id', '=', link.id))
      await isDue('claims', 12, [claim.id])
      expect(await due()).toHaveProperty('answered-links', [link.id])
      await night()
      expect(await rowsOf('claim')).toEqual([open.id])
      expect(await rowsOf('link')).toEqual([])
    })

    it('who read what goes after three years, and so does what was accepted and has ended', async () => {
      anew()
      const [owner, reader] = [await firm(), await firm()]
      const nda = { state: 'published', visibility: 'nda', publishedAt: at } as const
      const { id: subjectId } = await keep(ports, demands, aDemand(ports, owner.id, nda))
      const { id: other } = await keep(ports, demands, aDemand(ports, owner.id, nda))
      const his = actingAs('enterprise', reader.id, { accountId: await account(), rank: 'owner', isVerified: true })
      await recordReading(ports, newReading(ports, his, { subjectId, object: 'confidential', isMarked: false }))
      const ended = await acceptTerms(ports, his, { subjectId, textVersion: terms.version })
      const standing = await acceptTerms(ports, his, { subjectId: other, textVersion: terms.version })
      await endDisclosure(ports, his, ended.id)
      await isDue('readings', 36, 1)
      expect(await due()).toHaveProperty('ended-disclosures', [ended.id])
      await night()
      expect(await rowsOf('disclosure')).toEqual([standing.id])
      expect(await due()).toEqual({})
    })

    it('experts from the public web go after two years in which nobody touched them, what they did with them', async () => {
      anew()
      const found = await expertActions.register(ports, operator, { name: '闻一舟', source: 'public-web' })
      await registerEvidence(ports, operator, found.id, { kind: 'paper', title: '箱形梁焊接旁弯的预测' })
      const known = await expertActions.register(ports, operator, { name: '鲁砚', source: 'institution' })
      const busy = await expertActions.register(ports, operator, { name: '沈岳', source: 'public-web' })
      later({ months: 20 })
      await registerEvidence(ports, operator, busy.id, { kind: 'paper', title: '残余应力的测量' })
      await isDue('unclaimed-experts', 24, [found.id])
      await night()
      expect(await rowsOf('expert')).toEqual([known.id, busy.id].toSorted())
      expect(await world.database.query.selectFrom('evidence').select('expert_id').execute()).toEqual([{ expert_id: busy.id }])
    })

    it('whoever has not been here for two years is asked, and goes a month later unless he comes; the last operator stays', async () => {
      anew()
      const [gone, back, last] = [await account(), await account(), await account()]
      await admitMember(ports, operator.id, { accountId: last, role: 'operator', subjectId: null, rank: 'owner' })
      const others = (await rowsOf('account')).filter((id) => ![gone, back, last].includes(id))
      for (const id of others) await used(id, '2029-01-01T00:00:00.000Z')
      await isDue('accounts-to-ask', 24, [gone, back, last].toSorted())
      sent.length = 0
      await night()
      expect(sent.map(({ to, kind }) => `${kind} ${to.slice(-1)}`).toSorted()).toHaveLength(3)
      expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['account-unused']))
      await night()
      expect(sent).toHaveLength(3)
      await used(back, at)
      later({ months: 24, days: 33 })
      await night()
      expect(await rowsOf('account')).toContain(gone)
      later({ months: 24, days: 36 })
      await night()
      expect(await rowsOf('account')).toEqual([...others, back, last].toSorted())
    })

    /** As its sessions tell when somebody comes. */
    async function used(accountId: string, on: string) {
      const row = { account_id: accountId, token: accountId, membership_id: null, second_factor_at: null, signed_in_at: null }
      const kept = { ip_address: null, user_agent: null, expires_at: '2029-12-31T00:00:00.000Z', created_at: on, updated_at: on }
      await world.database.commit(world.database.query.insertInto('session').values({ id: ports.newId('session'), ...row, ...kept }))
    }

    it('answers to repeated requests go after a day', async () => {
      at = '2028-06-01T00:00:00.000Z'
      const row = { actor_id: 'tok_x', request_hash: '', state: 'done', status: 201, headers: '{}', body: '{"name":"罗采薇"}' }
      const answers = ['2028-05-30T23:00:00.000Z', '2028-05-31T12:00:00.000Z'].map((time) => ({ ...row, key: time, at: time }))
      await world.database.commit(...answers.map((each) => world.database.query.insertInto('idempotency').values(each)))
      await night()
      expect(await world.database.query.selectFrom('idempotency').select('at').execute()).toEqual([{ at: '2028-05-31T12:00:00.000Z' }])
    })

    it('is as long as the operator says', async () => {
      anew()
      const { id: subjectId } = await firm()
      const claimant = actingAs('visitor', 'visitor', { accountId: await account() })
      const claim = await requestClaim(ports, claimant, { subjectId, note: null })
      await withdrawClaim(ports, claimant, claim.id)
      const { version } = await findPrivacy(world.database)
      await amendPrivacy(ports, operator, version, { retention: { claimMonths: 2 } })
      await isDue('claims', 2, [claim.id])
    })

    it('goes without a fault in the journal', async () => {
      await sealJournal(world.database)
      const options = { sealings: sealingsWith([]), anchor: null, listings: listingRows, progress: () => {} }
      expect((await verifyJournal(world.database, options)).faults).toEqual([])
    })
  })
}
