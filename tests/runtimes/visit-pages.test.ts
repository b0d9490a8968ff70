import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { assignDemand, draftDemand } from '../../src/demands/actions.ts'
import { brokerActions, enterpriseActions } from '../../src/directory/actions.ts'
import { amendContact } from '../../src/engagements/actions/contact.ts'
import { contacts } from '../../src/engagements/store.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { aPng } from '../documents.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** A broker on the way home from a plant, in a real browser: the sheet, its photos, and the questions about a raw demand. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

const operator = actingAs('operator', 'tok_operator')
const ways = [
  { at: 'a phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN' },
  { at: 'a phone without scripts', width: widths.phone, javaScriptEnabled: false, locale: 'zh-CN' },
  { at: 'a desk in English', width: widths.desk, javaScriptEnabled: true, locale: 'en' },
] as const

describe.each(ways)('on $at', ({ width, javaScriptEnabled, locale }) => {
  let market: Market
  let server: Server
  let context: BrowserContext
  let page: Page
  let said: readonly string[]
  let enterpriseId: string
  let demandId: string
  const faults: string[] = []
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    const { ports } = market
    enterpriseId = (await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })).id
    const { id: brokerId } = await brokerActions.register(ports, operator, { name: '苏怀瑾' })
    demandId = (await draftDemand(ports, operator, { title: '解决焊接变形', problem: '箱形梁焊后弯。', enterpriseId })).id
    await assignDemand(ports, operator, demandId, brokerId)
    context = await browser.newContext({ viewport: { width, height: 844 }, locale, javaScriptEnabled })
    const account = await accountOf(ports, '+8613700010001')
    await admitMember(ports, 'the test', { accountId: account.id, role: 'broker', subjectId: brokerId, rank: ranksOf('broker')[0] })
    const [cookie = ''] = await beginSession(await openAuth(ports)(false), account, new Headers(), ports.now())
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
    await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    said = listenTo(page)
  }, 60_000)
  afterAll(async () => {
    await context?.close()
    await server?.close()
  })

  const go = (path: string) => page.goto(server.address + path)
  const look = async (name: string) => {
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${name.replaceAll(/\W+/g, '-')}-${width}-${locale}.png`, fullPage: true })
    // axe needs scripts.
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    await page.setViewportSize({ width, height: 844 })
  }
  const shown = (at: number) => page.locator('.photos img').nth(at)
  const main = () => page.locator('main').textContent()

  it('a visit is written down, photographed, found again, and becomes a demand', async () => {
    await go('/visits')
    await look('no visits')
    await press(page, 'main a[href="/visits/new"]')
    await look('whom')
    await press(page, `main a[href="/visits/new?subject=${enterpriseId}"]`)
    await look('sheet')
    await page.fill('#needs', '焊后旁弯降到两毫米以内\n找一家能做超声检测的单位')
    await page.fill('#seen', '箱形梁手工焊，六台气保焊机，校直占三成工时。')
    await page.fill('#met', '罗采薇，工艺主管，13900001122\n老秦 焊接班长')
    await page.fill('#place', '二号厂房焊接车间')
    await page.check('input[value="interested"]')
    await page.fill('#next', '寄焊缝照片')
    await press(page, 'button.large')
    expect(await page.locator('#nextOn-error').count()).toBe(1)
    await look('sheet, refused')
    expect(await page.inputValue('#met')).toContain('老秦')
    await page.fill('#nextOn', '2099-03-01')
    await press(page, 'button.large')
    const photo = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(aPng()) })
    await page.setInputFiles('#file', [photo('一.png'), photo('二.png')])
    await press(page, '#photos button.large')
    expect(await page.locator('.photos img').count()).toBe(2)
    if (javaScriptEnabled) {
      await shown(1).scrollIntoViewIfNeeded()
      await expect.poll(() => shown(1).evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0)
    }
    await look('visit')
    await page.setInputFiles('#file', [{ name: '三.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }])
    await press(page, '#photos button.large')
    expect(await page.locator('#file-error').count()).toBe(1)
    await look('visit, refused')
    await press(page, page.locator('.photos button').first())
    expect(await page.locator('.photos img').count()).toBe(1)
    await press(page, 'main a[href$="/edit"]')
    await look('visit, to be corrected')
    const edited = page.url()
    await page.fill('#place', '三号厂房')
    // Meanwhile somebody else corrects it.
    const { database } = market.ports
    const id = /ctc_\w+/.exec(edited)![0]
    const { version } = (await contacts.find(database, id))!
    await amendContact(market.ports, operator, id, version, { visit: { place: '一号厂房', seen: '箱形梁机器人焊。' } })
    await press(page, 'button.large')
    expect(await page.locator('input[name="pick-place"]').count()).toBe(2)
    await look('visit, two versions')
    await press(page, 'button.large')
    expect(await main()).toContain('三号厂房')
    expect(await main()).toContain('箱形梁机器人焊')
    await press(page, 'main a[href^="/demands/new"]')
    expect(await page.inputValue('#title')).toBe('焊后旁弯降到两毫米以内')
    await go('/visits?until=2020-01-01')
    await look('visits, none on these days')
    await go('/visits')
    await look('visits')
    expect(await page.locator('.card').count()).toBe(1)
    expect(said).toEqual([])
  }, 120_000)

  it('a raw demand is talked through, and what is answered is folded up the next time', async () => {
    await go(`/demands/${demandId}`)
    await look('demand')
    await press(page, `main a[href="/demands/${demandId}/diagnosis"]`)
    await look('diagnosis')
    await page.fill('#since', '三月换了供应商以后')
    await page.fill('#wanted', '旁弯 ≤ 2 mm')
    await page.fill('#budgetMax', '很多')
    await page.fill('#decider', '秦总')
    await press(page, 'button.large')
    expect(await page.locator('#budgetMax-error').count()).toBe(1)
    await look('diagnosis, refused')
    await page.fill('#budgetMax', '30')
    await page.check('input[name="expertVisit"][value="after-nda"]')
    await press(page, 'button.large')
    expect(page.url()).toBe(`${server.address}/demands/${demandId}`)
    await go(`/demands/${demandId}/diagnosis`)
    expect(await page.locator('details.more').count()).toBe(6)
    expect(await main()).toContain('秦总')
    await look('diagnosis, again')
    await go('/today')
    await look('today')
    expect(said).toEqual([])
  }, 120_000)

  it('every page of it is readable, within the screen, and large enough to touch', () => {
    expect(faults).toEqual([])
  })
})
