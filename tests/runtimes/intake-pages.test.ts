import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { brokerActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** A park's table and a firm's form, from the file to the links for the firms, in a real browser. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

const file = (name: string) => fileURLToPath(new URL(`../fixtures/intake/${name}`, import.meta.url))

const ways = [
  { at: 'a phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN' },
  { at: 'a desk without scripts', width: widths.desk, javaScriptEnabled: false, locale: 'zh-CN' },
  { at: 'a desk in English', width: widths.desk, javaScriptEnabled: true, locale: 'en' },
] as const

describe.each(ways)('on $at', ({ width, javaScriptEnabled, locale }) => {
  let market: Market
  let server: Server
  let context: BrowserContext
  let page: Page
  let said: readonly string[]
  const faults: string[] = []
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    const { ports } = market
    const { id } = await brokerActions.register(ports, actingAs('operator', 'tok_operator'), { name: '苏怀瑾' })
    const account = await accountOf(ports, '+8613700010001')
    await admitMember(ports, 'the test', { accountId: account.id, role: 'broker', subjectId: id, rank: ranksOf('broker')[0] })
    const [cookie = ''] = await beginSession(await openAuth(ports)(false), account, new Headers(), ports.now())
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
    context = await browser.newContext({ viewport: { width, height: 844 }, locale, javaScriptEnabled })
    await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    said = listenTo(page)
  }, 60_000)
  afterAll(async () => {
    await context?.close()
    await server?.close()
  })
  /** What is wrong with the page as it stands; axe needs scripts. */
  const look = async (name: string) => {
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    await page.setViewportSize({ width, height: 844 })
  }
  const main = () => page.locator('main').textContent()
  const card = (title: string) => page.locator('.card').filter({ hasText: title })

  it('a table comes in, is looked through and decided on', async () => {
    await page.goto(`${server.address}/intake`)
    await look('nothing received')
    await press(page, 'form[action="/intake"] button')
    expect(await page.locator('#file-error').count()).toBe(1)
    await look('nothing chosen')
    await page.setInputFiles('#file', file('park-summary.xlsx'))
    await press(page, 'form[action="/intake"] button')
    expect(await page.locator('input[name=line]').count()).toBe(40)
    await page.locator('details.more summary').click()
    await look('a table')
    // What seems to be finance is routed from its own page.
    await press(page, card('流动资金贷款需求').locator('.card-head a'))
    expect(await page.inputValue('#to')).toBe('finance')
    await press(page, 'button[value=route]')
    expect(await page.locator('#reason-error').count()).toBe(1)
    await look('a line, refused')
    await page.fill('#reason', '转金融服务中心')
    await press(page, 'button[value=route]')
    expect(await page.locator('input[name=line]').count()).toBe(39)
    // Two lines of the table are one need.
    await press(page, card('压电传感器高温漂移补偿').locator('a[href*="merging"]').first())
    await look('two lines side by side')
    await press(page, 'form[action$="/merging"] button')
    expect(new URL(page.url()).pathname).toMatch(/^\/demands\/dem_/)
    await page.goto(`${server.address}/intake`)
    await press(page, '.lines a')
    await press(page, 'button[value=draft]')
    expect(await page.locator('input[name=line]').count()).toBe(1)
    await look('most of it decided')
    await press(page, 'a[href*="show=done"]')
    await look('what is decided')
  }, 60_000)

  it('a form repeats a line, and is merged into its demand; its firm is sent a link', async () => {
    await page.goto(`${server.address}/intake`)
    await page.setInputFiles('#file', [file('form-1-plain.docx'), file('form-6-customers.docx')])
    await press(page, 'form[action="/intake"] button')
    expect(await page.locator('.lines > li').count()).toBe(3)
    await look('three files')
    await press(page, '.lines a:has-text("form-1-plain")')
    await press(page, card('箱形梁').locator('a[href*="merging"]').first())
    await look('a form beside a demand')
    await page.locator('input[name=take-tried][value=fresh]').check()
    await press(page, 'form[action$="/merging"] button')
    expect(await main()).toContain('试过对称施焊')
    await page.goto(`${server.address}/intake`)
    await press(page, '.lines a:has-text("form-1-plain")')
    await press(page, 'form[action$="/confirmation-links"] button')
    expect(await page.locator('#copy-0').inputValue()).toMatch(/\/links\/[\w-]{20,}/)
    await look('links')
    expect(said).toEqual([])
  }, 60_000)

  it('every page of it is readable, within the screen, and large enough to touch', () => {
    expect(faults).toEqual([])
  })
})
