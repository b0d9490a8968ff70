import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { claimProfile, expertActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** An expert brings what he did from a file and by hand, and takes it back, in a real browser. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

const file = (name: string) => fileURLToPath(new URL(`../fixtures/works/${name}`, import.meta.url))

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
  let path: string
  let said: readonly string[]
  const faults: string[] = []
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    const { ports } = market
    const operator = actingAs('operator', 'tok_operator')
    const { id } = await expertActions.register(ports, operator, {
      name: '沈岳',
      nameEn: 'Yue Shen',
      field: '结构强度',
      source: 'institution',
    })
    await claimProfile(ports, operator, id)
    path = `/experts/${id}`
    const account = await accountOf(ports, '+8613700010001')
    await admitMember(ports, 'the test', { accountId: account.id, role: 'expert', subjectId: id, rank: ranksOf('expert')[0] })
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
  const cards = () => page.locator('.card').count()

  it('a file is looked through, taken in and undone', async () => {
    await page.goto(server.address + path)
    await press(page, `a[href="${path}/evidence"]`)
    await look('nothing registered')
    await press(page, 'form[action$="/reading"] button')
    expect(await page.locator('#file-error').count()).toBe(1)
    await look('nothing chosen')
    await page.setInputFiles('#file', file('broken.bib'))
    await press(page, 'form[action$="/reading"] button')
    await look('a file with faults')
    // What is wrong is mended in place; the rest of the text stays.
    const text = await page.inputValue('#text')
    await page.fill('#text', text.replace('没有写完的一条,', '没有写完的一条},').replace('year = 2016', 'year = 2016 }'))
    await press(page, 'button[formaction]')
    expect(await page.locator('input[name=take]:checked').count()).toBe(3)
    await page.locator('input[name=take]').last().uncheck()
    await press(page, '.deciding button')
    expect(await cards()).toBe(2)
    await look('taken in')
    await press(page, '.notice form[action$="/undoing"] button')
    expect(await cards()).toBe(0)
    await page.setInputFiles('#file', file('cnki-gbk.csv'))
    await press(page, 'form[action$="/reading"] button')
    await look('a table')
    await press(page, '.deciding button')
    expect(await cards()).toBe(3)
  }, 60_000)

  it('one is entered by hand, removed and restored', async () => {
    await press(page, `form[action="${path}/evidence"] button`)
    expect(await page.locator('#title-error').count()).toBe(1)
    await look('no title')
    await page.selectOption('#kind', 'award')
    await page.fill('#title', '市科技进步二等奖')
    await page.fill('#on', '2022')
    await press(page, `form[action="${path}/evidence"] button`)
    expect(await cards()).toBe(4)
    await press(page, page.locator('.card').filter({ hasText: '市科技进步二等奖' }).locator('form[action$="/removal"] button'))
    expect(await cards()).toBe(3)
    await look('removed')
    await press(page, 'form[action$="/restoring"] button')
    expect(await cards()).toBe(4)
    await look('restored')
  }, 60_000)

  it('has no fault to the eye, and says nothing to the console', () => {
    expect(faults).toEqual([])
    expect(said).toEqual([])
  })
})
