import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rank } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, type OpenAuth, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs, type Role } from '../../src/accounts/actor.ts'
import { draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { claimProfile, enterpriseActions, expertActions, institutionActions } from '../../src/directory/actions.ts'
import { expressInterest } from '../../src/engagements/actions/interest.ts'
import { sendInvitation } from '../../src/engagements/actions/invitation.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { welding } from '../journeys/fixtures.ts'
import { checks } from '../journeys/market.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** A transfer office hands what it is asked to one of its people, who answers, in a real browser: with and without scripts, on a phone and on a desk. */

let market: Market
let server: Server
let browser: Browser
let auth: OpenAuth
let people = 0
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

const operator = actingAs('operator', 'tok_operator')

/** An institution that is asked about one of its people by a firm, and as a whole by a broker. */
async function cast() {
  const { ports } = market
  const { id: institutionId } = await institutionActions.register(ports, operator, { name: '砺州理工大学', kind: 'university' })
  const { id: enterpriseId } = await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })
  const affiliations = [{ institutionId, department: '材料学院', post: null }]
  const named = { source: 'institution' as const, field: '焊接变形控制', affiliations }
  const { id: shen } = await expertActions.register(ports, operator, { name: '沈砚秋', ...named })
  const { id: liu } = await expertActions.register(ports, operator, { name: '柳见山', ...named })
  for (const id of [shen, liu]) await claimProfile(ports, actingAs('expert', id), id)
  const { id: demandId } = await draftDemand(ports, operator, { ...welding, enterpriseId })
  await requestDemandPublication(ports, operator, demandId)
  await publishDemand(ports, operator, demandId, checks)
  const contact = { name: '罗采薇', phone: '13900001122', email: null }
  const firm = actingAs('enterprise', enterpriseId)
  await expressInterest(ports, firm, { demandId, supplyId: liu, note: '最大的箱形梁用过多长的', contact })
  await sendInvitation(ports, operator, { demandId, supplyId: institutionId, note: '请贵校看看谁合适' })
  return { institutionId, shen }
}

const ways = [
  { at: 'a phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN' },
  { at: 'a desk without scripts', width: widths.desk, javaScriptEnabled: false, locale: 'zh-CN' },
  { at: 'a desk in English', width: widths.desk, javaScriptEnabled: true, locale: 'en' },
] as const

describe.each(ways)('on $at', ({ width, javaScriptEnabled, locale }) => {
  let who: Awaited<ReturnType<typeof cast>>
  const contexts: BrowserContext[] = []
  const faults: string[] = []
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    auth = openAuth(market.ports)
    who = await cast()
  }, 60_000)
  afterAll(async () => {
    await Promise.all(contexts.map((each) => each.close()))
    await server?.close()
  })

  async function opened(role: Role, subjectId: string, rank: Rank) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale, javaScriptEnabled })
    contexts.push(context)
    const account = await accountOf(market.ports, `+861370002${String(++people).padStart(4, '0')}`)
    await admitMember(market.ports, 'the test', { accountId: account.id, role, subjectId, rank })
    const [cookie = ''] = await beginSession(await auth(false), account, new Headers(), market.ports.now())
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
    await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    return { page, said: listenTo(page) }
  }
  /** What is wrong with the page as it stands; axe needs scripts. */
  const look = async (page: Page, name: string) => {
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    await page.setViewportSize({ width, height: 844 })
  }
  const boxes = 'input[type=checkbox][name=request]'
  const submit = 'form#delegate button'

  it('the office hands both requests to one expert, undoes it, and hands on again; he answers', async () => {
    const office = await opened('institution', who.institutionId, 'transfer-office')
    const { page } = office
    await page.goto(`${server.address}/requests`)
    expect(await page.locator(boxes).count()).toBe(2)
    await look(page, 'requests')
    const handOn = async () => {
      for (const box of await page.locator(boxes).all()) await box.check()
      await page.selectOption('form#delegate select[name=to]', who.shen)
      await page.fill('form#delegate textarea[name=note]', '您最合适，请本周回话')
      await press(page, submit)
    }
    await press(page, submit)
    expect(await page.locator('[role=alert]').count()).toBe(1)
    await look(page, 'a slip')
    await handOn()
    expect(await page.locator('main').textContent()).toContain('您最合适，请本周回话')
    expect(await page.locator('form[action="/requests/delegation/ending"]').count()).toBe(2)
    await look(page, 'handed on')
    await press(page, 'form[action="/requests/delegation/undoing"] button')
    expect(await page.locator('form[action="/requests/delegation/ending"]').count()).toBe(0)
    await handOn()

    const own = await opened('expert', who.shen, 'owner')
    await own.page.goto(`${server.address}/inbox`)
    expect(await own.page.locator('.handed').count()).toBe(2)
    await own.page.locator('.answers-here').first().locator('summary').first().click()
    await look(own.page, 'inbox')
    const answer = own.page.locator('form[action^="/inbox/invitations/"] button[value=call]').first()
    await own.page.locator('input[name=name]').first().fill('沈砚秋')
    await own.page.locator('input[name=phone]').first().fill('13900007788')
    const loaded = own.page.waitForEvent('load')
    await answer.click()
    await loaded
    expect(await own.page.locator('main [role=status] strong').count()).toBe(1)
    expect(await own.page.locator('.handed').count()).toBe(1)
    await look(own.page, 'answered')

    await page.goto(`${server.address}/requests?state=done`)
    expect(await page.locator('main article').count()).toBe(1)
    await look(page, 'closed requests')
    expect([...office.said, ...own.said].filter((each) => !each.includes('422'))).toEqual([])
    expect(faults).toEqual([])
  }, 60_000)
})
