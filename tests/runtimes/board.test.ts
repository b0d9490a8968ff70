import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { assignDemand, draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { brokerActions, claimProfile, enterpriseActions, expertActions } from '../../src/directory/actions.ts'
import { listEngagements, proposeEngagement } from '../../src/engagements/actions/engagement.ts'
import { moveEngagement } from '../../src/engagements/actions/move.ts'
import type { EngagementState } from '../../src/engagements/engagement.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { welding, zhudong } from '../journeys/fixtures.ts'
import { checks } from '../journeys/market.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** The broker's board in a real browser: ticked, dragged, taken back; with and without scripts, on a phone and on a desk, light and dark. */

const operator = actingAs('operator', 'tok_operator')
const names = ['沈岳', '鲁砚', '祁望', '罗采薇']

let market: Market
let server: Server
let browser: Browser
let brokerId: string
let demandId: string
beforeAll(async () => {
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser?.close())

async function cast(): Promise<void> {
  const { ports } = market
  const { id: enterpriseId } = await enterpriseActions.register(ports, operator, {
    name: '砺州众砺重型机械制造有限责任公司',
    region: zhudong,
  })
  brokerId = (await brokerActions.register(ports, operator, { name: '苏怀瑾' })).id
  demandId = (await draftDemand(ports, operator, { ...welding, region: zhudong, enterpriseId })).id
  await requestDemandPublication(ports, operator, demandId)
  await publishDemand(ports, operator, demandId, checks)
  await assignDemand(ports, operator, demandId, brokerId)
  for (const name of names) {
    const { id } = await expertActions.register(ports, operator, { source: 'institution', name, field: '焊接变形控制' })
    await claimProfile(ports, actingAs('expert', id), id)
    await proposeEngagement(ports, actingAs('broker', brokerId), { demandId, supplyId: id, outside: null })
  }
}

async function signedIn(context: BrowserContext): Promise<Page> {
  const account = await accountOf(market.ports, '+8613700010001')
  await admitMember(market.ports, 'the test', { accountId: account.id, role: 'broker', subjectId: brokerId, rank: 'owner' })
  const [cookie = ''] = await beginSession(await openAuth(market.ports)(false), account, new Headers(), market.ports.now())
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
  await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
  return context.newPage()
}

/** By another hand, while the page is open. */
async function moveElsewhere(name: string, to: EngagementState): Promise<void> {
  const { items } = await listEngagements(market.ports, operator, { demandId, state: null }, { after: null, limit: 100 })
  for (const each of items) {
    const { name: called } = await expertActions.read(market.ports, operator, each.supplyId!)
    if (called === name)
      await moveEngagement(market.ports, operator, each.id, { to, version: each.version, on: null, code: null, note: null, referral: null })
  }
}

const ways = [
  { at: 'a phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN', colorScheme: 'light' },
  { at: 'a desk without scripts', width: widths.desk, javaScriptEnabled: false, locale: 'zh-CN', colorScheme: 'light' },
  { at: 'a dark desk in English', width: widths.desk, javaScriptEnabled: true, locale: 'en', colorScheme: 'dark' },
  { at: 'a dark phone', width: widths.phone, javaScriptEnabled: true, locale: 'zh-CN', colorScheme: 'dark' },
] as const

describe.each(ways)('on $at', ({ width, javaScriptEnabled, locale, colorScheme }) => {
  let context: BrowserContext
  let page: Page
  let said: readonly string[]
  const faults: string[] = []
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    market = await openMarket(config)
    server = await serveMarket(market, config)
    await cast()
    context = await browser.newContext({ viewport: { width, height: 844 }, locale, javaScriptEnabled, colorScheme })
    page = await signedIn(context)
    page.setDefaultTimeout(10_000)
    said = listenTo(page)
  }, 60_000)
  afterAll(async () => {
    await context?.close()
    await server?.close()
  })

  const go = (path: string) => page.goto(server.address + path)
  /** What is wrong with the page as it stands; axe needs scripts. */
  const look = async (name: string) => {
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    await page.setViewportSize({ width, height: 844 })
  }
  const card = (name: string) => page.locator('.card').filter({ hasText: name })
  const stageOf = async (name: string) =>
    page
      .locator('.board section')
      .filter({ has: card(name) })
      .getAttribute('data-stage')
  const all = () => Promise.all(names.map(stageOf))

  it('ticked cards move together, and go back together', async () => {
    await go('/board')
    await look('board')
    for (const name of ['沈岳', '鲁砚']) await card(name).locator('[name=case]').check()
    await look('board, ticked')
    await page.locator('#together [name=to]').selectOption('talking')
    await press(page, '#together button')
    expect(await all()).toEqual(['talking', 'talking', 'proposed', 'proposed'])
    await look('board, moved')
    await press(page, 'form[action="/board/undoings"] button')
    expect(await all()).toEqual(Array(4).fill('proposed'))
  }, 90_000)

  it('a whole stage is ticked at once', async () => {
    await go('/board')
    const every = page.locator('section[data-stage=proposed] [data-every]')
    // With scripts the page stays as it is.
    if (javaScriptEnabled) await every.click()
    else await press(page, every)
    expect(await page.locator('[name=case]:checked').count()).toBe(4)
    await page.locator('#together [name=to]').selectOption('lost')
    await press(page, '#together button')
    expect(await page.locator('#code-error').count()).toBe(1)
    await look('together, refused')
    await page.locator('#code').selectOption('time')
    await press(page, '.narrow form button')
    expect(await all()).toEqual(Array(4).fill('lost'))
    await press(page, 'form[action="/board/undoings"] button')
    expect(await all()).toEqual(Array(4).fill('proposed'))
  }, 90_000)

  it.runIf(javaScriptEnabled && width === widths.desk)(
    'a card is dragged to another stage, and asks for the reason where it is lost',
    async () => {
      await go('/board')
      const lane = (stage: EngagementState) => page.locator(`section[data-stage=${stage}]`)
      const drag = async (name: string, stage: EngagementState) => {
        // Whatever scrolls while the button is down ends the drag before it begins.
        await page.setViewportSize({ width, height: 2400 })
        await card(name).hover({ position: { x: 12, y: 60 } })
        await page.mouse.down()
        // A browser begins to drag with the second move.
        await lane(stage).hover()
        await lane(stage).hover()
        await page.mouse.up()
      }
      const drop = async (name: string, stage: EngagementState) => {
        const loaded = page.waitForEvent('load')
        await drag(name, stage)
        await loaded
        // It says what was done, and scrolls there.
        await page.locator('.notice:focus').waitFor()
      }
      await drop('鲁砚', 'talking')
      expect(await stageOf('鲁砚')).toBe('talking')
      expect(await page.locator('.notice[role=status]').textContent()).toContain('鲁砚')
      // A stage that the table knows no way to lets nothing fall.
      await drag('鲁砚', 'talking')
      await drop('鲁砚', 'signed')
      await drag('鲁砚', 'lost')
      expect(await stageOf('鲁砚')).toBe('signed')
      await drop('鲁砚', 'talking')
      await drag('鲁砚', 'lost')
      expect(await page.locator('[name=case]:checked').count()).toBe(1)
      expect(await page.locator('#together [name=code]:focus').count()).toBe(1)
      expect(await page.locator('#board-said').textContent()).not.toBe('')
      await look('board, lost')
      await page.locator('#together [name=code]').selectOption('time')
      await press(page, '#together button')
      expect(await stageOf('鲁砚')).toBe('lost')
      // What is ticked goes along.
      for (const name of ['沈岳', '祁望']) await card(name).locator('[name=case]').check()
      await drop('祁望', 'contacted')
      expect([await stageOf('沈岳'), await stageOf('祁望')]).toEqual(['contacted', 'contacted'])
      await press(page, 'form[action="/board/undoings"] button')
      expect([await stageOf('沈岳'), await stageOf('祁望')]).toEqual(['proposed', 'proposed'])
      await card('鲁砚').locator('form[action$="/moves"] select').selectOption('proposed')
      await press(page, card('鲁砚').locator('form[action$="/moves"] button'))
      expect(await all()).toEqual(Array(4).fill('proposed'))
    },
    90_000,
  )

  it('the board is narrowed, and the filter kept, renamed, deleted and brought back', async () => {
    await go('/board')
    await page
      .locator('summary')
      .filter({ hasText: /筛选|Filter/ })
      .click()
    await page.locator('.narrowing [name=words]').fill('沈岳')
    await page.locator('.narrowing [name=stage]').selectOption('proposed')
    await look('board, narrowing')
    await press(page, '.narrowing button')
    expect(await page.locator('.board .card').count()).toBe(1)
    await page
      .locator('summary')
      .filter({ hasText: /保存为视图|Save as/ })
      .click()
    await page.fill('#view-name', '')
    await press(page, 'form[action="/account/views"] button')
    expect(await page.locator('#name-error').count()).toBe(1)
    await look('view, refused')
    await page.fill('#name', '沈岳待推荐')
    await press(page, 'form[action="/account/views"] button')
    expect(await page.locator('.tabs [aria-current=page]').textContent()).toBe('沈岳待推荐')
    await page
      .locator('summary')
      .filter({ hasText: /管理视图|Manage/ })
      .click()
    await look('views')
    await page.locator('form[action$="/name"] [name=name]').fill('沈工')
    await press(page, 'form[action$="/name"] button')
    expect(await page.locator('.tabs [aria-current=page]').textContent()).toBe('沈工')
    await page
      .locator('summary')
      .filter({ hasText: /管理视图|Manage/ })
      .click()
    await press(page, 'form[action$="/removal"] button')
    expect(await page.locator('.tabs').count()).toBe(0)
    await look('view, deleted')
    await press(page, 'form[action$="/restoration"] button')
    expect(await page.locator('.tabs [aria-current=page]').textContent()).toBe('沈工')
  }, 90_000)

  it('whoever is slower is told who was faster, and goes on', async () => {
    await go('/board')
    await moveElsewhere('祁望', 'contacted')
    await card('祁望').locator('form[action$="/moves"] select').selectOption('talking')
    await press(page, card('祁望').locator('form[action$="/moves"] button'))
    await look('conflict')
    await press(page, '.narrow form button')
    expect(await stageOf('祁望')).toBe('talking')
    for (const name of ['沈岳', '祁望']) await card(name).locator('[name=case]').check()
    await moveElsewhere('祁望', 'signed')
    await page.locator('#together [name=to]').selectOption('contacted')
    await press(page, '#together button')
    expect(await page.locator('.notice.warn').textContent()).toContain('祁望')
    await look('together, hindered')
    await press(page, '.narrow form button')
    expect(await all()).toEqual(['contacted', 'proposed', 'signed', 'proposed'])
  }, 90_000)

  it('every page of it is readable, within the screen, and large enough to touch; nothing was complained of', () => {
    expect(faults).toEqual([])
    expect(said).toEqual([])
  })
})
