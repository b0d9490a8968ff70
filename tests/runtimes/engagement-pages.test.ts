import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, type OpenAuth, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs, type Role } from '../../src/accounts/actor.ts'
import { assignDemand, draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { brokerActions, claimProfile, enterpriseActions, expertActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { welding } from '../journeys/fixtures.ts'
import { checks } from '../journeys/market.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** How an enterprise, an expert and a broker come together on the pages, in a real browser: with and without scripts, on a phone and on a desk. */

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
const about = {
  source: 'institution' as const,
  field: '焊接变形控制',
  keywords: ['焊接变形', '箱形梁'],
  summary: '二十年做箱形梁焊接变形控制，旁弯小于 2 毫米。',
}

interface Cast {
  demandId: string
  enterpriseId: string
  brokerId: string
  shenYue: string
  luYan: string
}

/** A published demand with its broker, an expert who is there himself, and one who never came. */
async function cast(): Promise<Cast> {
  const { ports } = market
  const { id: enterpriseId } = await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })
  const { id: brokerId } = await brokerActions.register(ports, operator, { name: '苏怀瑾' })
  const [shenYue, luYan] = await Promise.all(['沈岳', '鲁砚'].map((name) => expertActions.register(ports, operator, { name, ...about })))
  await claimProfile(ports, actingAs('expert', shenYue!.id), shenYue!.id)
  const { id: demandId } = await draftDemand(ports, operator, { ...welding, enterpriseId })
  await requestDemandPublication(ports, operator, demandId)
  await publishDemand(ports, operator, demandId, checks)
  await assignDemand(ports, operator, demandId, brokerId)
  return { demandId, enterpriseId, brokerId, shenYue: shenYue!.id, luYan: luYan!.id }
}

/** A page of somebody who is signed in for a subject; nobody's where there is none. */
async function pageOf(context: BrowserContext, role: Role | null, subjectId: string | null): Promise<Page> {
  if (role !== null) {
    const account = await accountOf(market.ports, `+861370001${String(++people).padStart(4, '0')}`)
    await admitMember(market.ports, 'the test', { accountId: account.id, role, subjectId, rank: ranksOf(role)[0] })
    const [cookie = ''] = await beginSession(await auth(false), account, new Headers(), market.ports.now())
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
    await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
  }
  return context.newPage()
}

/** The market is where this server listens, whatever it calls itself. */
const here = (link: string | null) => server.address + new URL(link!).pathname

const ways = [
  { at: 'a phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN' },
  { at: 'a desk without scripts', width: widths.desk, javaScriptEnabled: false, locale: 'zh-CN' },
  { at: 'a desk in English', width: widths.desk, javaScriptEnabled: true, locale: 'en' },
] as const

describe.each(ways)('on $at', ({ width, javaScriptEnabled, locale }) => {
  let people: Cast
  const contexts: BrowserContext[] = []
  const faults: string[] = []
  // Each way has a market to itself: whom another way cast would be as good a match.
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    auth = openAuth(market.ports)
    people = await cast()
  }, 60_000)
  afterAll(async () => {
    await Promise.all(contexts.map((each) => each.close()))
    await server?.close()
  })

  const opened = async (role: Role | null, subjectId: string | null) => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale, javaScriptEnabled, acceptDownloads: true })
    contexts.push(context)
    const page = await pageOf(context, role, subjectId)
    page.setDefaultTimeout(10_000)
    return { page, said: listenTo(page) }
  }
  const go = (page: Page, path: string) => page.goto(server.address + path)
  /** What is wrong with the page as it stands; axe needs scripts. */
  const look = async (page: Page, name: string) => {
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    await page.setViewportSize({ width, height: 844 })
  }
  const main = (page: Page) => page.locator('main').textContent()

  it('an enterprise asks, the expert answers, and each learns how to reach the other', async () => {
    const firm = await opened('enterprise', people.enterpriseId)
    await go(firm.page, `/demands/${people.demandId}`)
    for (const id of [people.shenYue, people.luYan]) await firm.page.check(`input[name=with][value="${id}"]`)
    await press(firm.page, 'form#compare button')
    expect(await firm.page.locator('main thead th').count()).toBe(3)
    await look(firm.page, 'comparison')
    await go(firm.page, `/demands/${people.demandId}`)
    await press(firm.page, `#experts a[href$="${people.shenYue}"].button`)
    await look(firm.page, 'pairing')
    // It is filled with the contact person of the demand.
    await firm.page.fill('#phone', '')
    await press(firm.page, 'form[action$="/interest"] button')
    expect(await firm.page.locator('#phone-error').count()).toBe(1)
    await look(firm.page, 'pairing, refused')
    await firm.page.fill('#note', '一条线改造要多久？')
    await firm.page.fill('#name', '罗采薇')
    await firm.page.fill('#phone', '13900001122')
    await press(firm.page, 'form[action$="/interest"] button')
    expect(await firm.page.locator('form[action$="/interest/withdrawal"]').count()).toBe(1)
    expect(await main(firm.page)).not.toContain('13900007788')

    const expert = await opened('expert', people.shenYue)
    await go(expert.page, '/inbox')
    await look(expert.page, 'inbox')
    await press(expert.page, `main a[href^="/pairings/${people.demandId}"]`)
    expect(await main(expert.page)).toContain('一条线改造要多久？')
    expect(await main(expert.page)).not.toContain('13900001122')
    await look(expert.page, 'pairing, asked')
    await expert.page.fill('#name', '沈岳')
    await expert.page.fill('#phone', '13900007788')
    await press(expert.page, 'button[value="accepted"]')
    expect(await main(expert.page)).toContain('13900001122')
    await look(expert.page, 'pairing, mutual')
    await firm.page.reload()
    expect(await main(firm.page)).toContain('13900007788')
    expect([...firm.said, ...expert.said]).toEqual([])
  }, 90_000)

  it('a broker invites by link; whoever is asked names somebody else without an account', async () => {
    const broker = await opened('broker', people.brokerId)
    await go(broker.page, `/pairings/${people.demandId}/${people.luYan}`)
    await press(broker.page, 'form[action$="/engagement"] button')
    await press(broker.page, 'form[action$="/invitation"] button')
    await look(broker.page, 'invitation made')
    const link = await broker.page.locator('a.secret').textContent()
    const asked = await opened(null, null)
    await asked.page.goto(here(link))
    await look(asked.page, 'invited')
    await press(asked.page, 'button[value="refer"]')
    expect(await asked.page.locator('#referred-error').count()).toBe(1)
    await asked.page.fill('#referrer', '鲁砚')
    await asked.page.fill('#referred', '祁望')
    await asked.page.fill('#institution', '众合研究院')
    await press(asked.page, 'button[value="refer"]')
    await look(asked.page, 'invited, thanks')
    expect((await asked.page.goto(here(link)))!.status()).toBe(410)
    await go(broker.page, '/today')
    expect(await main(broker.page)).toContain('祁望')
    await look(broker.page, 'today')
    expect([...broker.said, ...asked.said]).toEqual([])
  }, 90_000)

  it('a broker logs a call in two taps, moves a card and takes it back', async () => {
    const { page, said } = await opened('broker', people.brokerId)
    await go(page, '/board')
    await look(page, 'board')
    await press(page, `.board a:has-text("沈岳")`)
    await look(page, 'case')
    await page.check('input[value="wechat"]')
    await press(page, 'button[value="interested"]')
    expect(await page.locator('.timeline li').count()).toBeGreaterThan(1)
    await go(page, '/board')
    const card = page.locator('.card').filter({ hasText: '沈岳' })
    const stage = () => page.locator('.board section').filter({ has: card }).getAttribute('aria-labelledby')
    expect(await stage()).toBe('stage-contacted')
    await card.locator('select').selectOption('talking')
    await press(page, card.locator('form[action$="/moves"] button'))
    expect(await stage()).toBe('stage-talking')
    await press(page, card.locator('form[action$="/undoing"] button'))
    expect(await stage()).toBe('stage-contacted')
    // Lost without a reason: the case asks for it.
    await card.locator('select').selectOption('lost')
    await press(page, card.locator('form[action$="/moves"] button'))
    expect(await page.locator('#code-error').count()).toBe(1)
    await look(page, 'case, refused')
    expect(said).toEqual([])
  }, 90_000)

  it('a broker sends a shortlist as Word, text and link, and the enterprise answers it', async () => {
    const broker = await opened('broker', people.brokerId)
    await go(broker.page, `/board?demand=${people.demandId}`)
    await press(broker.page, 'a[href^="/shortlists/new"]')
    await look(broker.page, 'shortlist, new')
    // Who is on the board is ticked at first.
    for (const box of await broker.page.locator('input[name=chosen]:checked').all()) await box.uncheck()
    await press(broker.page, 'button.large')
    expect(await broker.page.locator('.summary').count()).toBe(1)
    await broker.page.check(`input[value="${people.shenYue}"]`)
    await broker.page.fill('#note', '按您说的指标选的。')
    await press(broker.page, 'button.large')
    await look(broker.page, 'shortlist')
    const list = broker.page.url()
    expect(await broker.page.inputValue('#copy')).toContain('沈岳')
    const [download] = await Promise.all([broker.page.waitForEvent('download'), broker.page.click('a[href$="/word"]')])
    expect(download.suggestedFilename()).toMatch(/\.docx$/)
    await broker.page.fill('#to', '罗总')
    await press(broker.page, 'form[action$="/sendings"] button')
    await press(broker.page, 'form[action$="/link"] button')
    const link = await broker.page.locator('a.secret').textContent()
    const firm = await opened(null, null)
    await firm.page.goto(here(link))
    await look(firm.page, 'chosen')
    await firm.page.locator('input[value="declined"]').first().check()
    await firm.page.fill('#name', '罗采薇')
    await firm.page.fill('#phone', '13900001122')
    await press(firm.page, 'button.large')
    expect(await firm.page.locator('.wrong').count()).toBe(1)
    await look(firm.page, 'chosen, refused')
    await firm.page.locator('select').first().selectOption('slow')
    await press(firm.page, 'button.large')
    expect((await firm.page.goto(here(link)))!.status()).toBe(410)
    await broker.page.goto(list)
    await look(broker.page, 'shortlist, answered')
    expect(await broker.page.locator('main .tag').allTextContents()).toContainEqual(expect.stringMatching(/不合适|does not fit/))
    expect([...broker.said, ...firm.said]).toEqual([])
  }, 90_000)

  it('every page of it is readable, within the screen, and large enough to touch', () => {
    expect(faults).toEqual([])
  })
})
