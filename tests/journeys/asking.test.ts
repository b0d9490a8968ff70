import { beforeEach, describe, expect, it } from 'vitest'
import { Demand } from '../../src/demands/demand.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import { handlers } from '../../src/jobs.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, checks, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

describe.each(installations)('asking about what a market shows, on %s', (name) => {
  let market: SignInMarket
  let institution: Client
  let offeringId: string
  beforeEach(async () => {
    market = await openSignInMarket(name)
    institution = await market.institution({ name: '砺州理工大学' })
    ;({ id: offeringId } = await market.offer(institution, fixture))
  })

  const asked = async (by: Client) => (await by.get('/api/interests')).as(pageOf(InterestView)).items
  const publish = async (id: string) => {
    await market.operator.post(`/api/demands/${id}/publication`, { checks })
  }
  const send = async () => runDueJobs(market.ports, handlers)

  /** From the page of the result to the form that asks, as far as it leads by itself. */
  async function follow(browser: Browser, path: string): Promise<string> {
    let at = path
    for (let { location } = await browser.get(at); location !== ''; { location } = await browser.get(at)) at = location
    return at
  }

  it('leads a visitor past signing in and entering to his first demand, and from there to the question', async () => {
    const visitor = market.browser()
    const way = `/offerings/${offeringId}/interest`
    expect((await visitor.get(`/offerings/${offeringId}`)).html).toContain(`href="${way}"`)
    expect(await follow(visitor, way)).toBe(`/sign-in?back=${encodeURIComponent(way)}`)
    await market.signIn(visitor, '13900000002')
    expect(await follow(visitor, way)).toMatch(/^\/account\/enrolment\?as=enterprise/)
    const done = await visitor.post('/account/enrolment', { as: 'enterprise', name: '众砺重工有限公司', back: way })
    expect(await follow(visitor, done.location)).toBe(`/demands/new?about=${offeringId}`)
    expect((await visitor.get(`/demands/new?about=${offeringId}`)).html).toContain(`name="about" value="${offeringId}"`)

    const { location: pairing } = await visitor.post('/demands/new', { ...title, about: offeringId })
    expect(pairing).toMatch(new RegExp(`^/pairings/dem_\\w+/${offeringId}$`))
    expect((await visitor.get(pairing)).html).toContain('发布后自动发给对方')
    const question = { note: '用在多大的梁上？', name: '罗采薇', phone: '13900007788' }
    expect((await visitor.post(`${pairing}/interest`, question)).status).toBe(303)
    expect((await visitor.get(pairing)).html).toContain('已记下')
    // Nobody is asked about what he cannot see yet.
    expect(await asked(institution)).toEqual([])
    // With a demand, the next question starts with the choice.
    expect((await visitor.get(way)).html).toContain(`href="${pairing}"`)
  })

  it('asks once the demand is published, and nobody before', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = (await firm.post('/api/demands', welding)).as(Demand)
    const request = { demandId: id, supplyId: offeringId, note: null, contact: null }
    const interest = (await firm.post('/api/interests', request)).as(InterestView)
    expect(interest).toMatchObject({ state: 'waiting', owes: null })
    refused(await firm.post('/api/interests', request), 'not-allowed-now')
    refused(await institution.get(`/api/interests/${interest.id}`), 'not-found')
    refused(await institution.post(`/api/interests/${interest.id}/answer`, { answer: 'accepted', contact: null }), 'not-found')
    await send()
    expect((await firm.get(`/api/interests/${interest.id}`)).as(InterestView).state).toBe('waiting')
    await firm.post(`/api/demands/${id}/publication-request`)
    await publish(id)
    await send()
    expect((await institution.get(`/api/interests/${interest.id}`)).as(InterestView)).toMatchObject({ state: 'open', owes: 'supply' })
  })

  it('takes back what has become impossible meanwhile', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = (await firm.post('/api/demands', welding)).as(Demand)
    const interest = (await firm.post('/api/interests', { demandId: id, supplyId: offeringId, note: null, contact: null })).as(InterestView)
    await institution.post(`/api/offerings/${offeringId}/withdrawal`)
    await firm.post(`/api/demands/${id}/publication-request`)
    await publish(id)
    await send()
    expect((await firm.get(`/api/interests/${interest.id}`)).as(InterestView).state).toBe('withdrawn')
  })
})

const title = { title: welding.title }
