import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, type OpenAuth, openAuth } from '../../src/accounts/actions/session.ts'
import { type Actor, actingAs, type Role } from '../../src/accounts/actor.ts'
import { type DemandInput, draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { VettingCheck } from '../../src/demands/vetting.ts'
import { enterpriseActions, parkActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { distinguish } from '../../src/twins/actions/decide.ts'
import { mergeDemands } from '../../src/twins/actions/merge.ts'
import { casting, pitMud, welding } from '../journeys/fixtures.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** Demands that may be one, as the operator and their enterprise see them. */

const folder = mkdtempSync(join(tmpdir(), 'sunmao-twins-'))
const operator = actingAs('operator', 'tok_operator')
let market: Market
let server: Server
let browser: Browser
let auth: OpenAuth
let enterpriseId: string
/** Waits on the desk and has twins; what its enterprise posted itself; of another enterprise; merged, and what goes on for it. */
let waitingId: string
let ownId: string
let elsewhereId: string
let goneId: string
let keptId: string

beforeAll(async () => {
  const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0', SUNMAO_OUTBOX: folder })
  market = await openMarket(config)
  server = await serveMarket(market, config)
  const { ports } = market
  auth = openAuth(ports)
  enterpriseId = (await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })).id
  const other = (await enterpriseActions.register(ports, operator, { name: '众砺重机' })).id
  const park = actingAs('park', (await parkActions.register(ports, operator, { name: '铸东产业园' })).id)
  const enterprise = actingAs('enterprise', enterpriseId)
  const asPark = {
    ...welding,
    title: '箱形梁焊接旁弯大，求控制办法',
    problem: '12米箱形梁焊后旁弯超过8毫米，人工火焰校正每根四小时，用户拒收。\n试过反变形和分段焊，效果不稳定。',
    ownConditions: '有120吨龙门和一条焊接线，可以提供试件。',
    budgetMaxFen: 40_000_000,
    technicalContact: null,
  }
  ownId = await published(enterprise, { ...welding, enterpriseId })
  elsewhereId = await published(actingAs('enterprise', other), { ...asPark, enterpriseId: other })
  const confidential = '供货给北方车桥，单价不能外传。'
  waitingId = (await draftDemand(ports, park, { ...asPark, confidential, enterpriseId })).id
  await requestDemandPublication(ports, park, waitingId)
  const different = await published(park, { ...asPark, title: '箱形梁焊接变形的在线测量', enterpriseId })
  await distinguish(ports, operator, waitingId, different)
  keptId = await published(enterprise, { ...casting, enterpriseId })
  goneId = await merged(park)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function published(by: Actor, draft: DemandInput): Promise<string> {
  const { id } = await draftDemand(market.ports, by, draft)
  await requestDemandPublication(market.ports, by, id)
  const checks = VettingCheck.options.map((check) => ({ check, result: 'passed' as const, reason: null }))
  await publishDemand(market.ports, operator, id, checks)
  return id
}

async function merged(park: Actor): Promise<string> {
  const { ports } = market
  const id = await published(park, { ...casting, title: '压铸件气孔多', enterpriseId })
  const versionOf = async (of: string) => (await demands.find(ports.database, of))!.version
  await mergeDemands(ports, operator, keptId, { withId: id, version: await versionOf(keptId), withVersion: await versionOf(id), take: [] })
  return id
}

let people = 0
/** A browser in which somebody new is signed in, and acts for a subject. */
async function signedIn(context: BrowserContext, role: Role, subjectId: string | null): Promise<void> {
  const account = await accountOf(market.ports, `+861380000${String(++people).padStart(4, '0')}`)
  await admitMember(market.ports, 'the test', { accountId: account.id, role, subjectId, rank: ranksOf(role)[0] })
  const [cookie = ''] = await beginSession(await auth(false), account, new Headers(), market.ports.now())
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
  await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
}
const as = (role: Role, subjectId: () => string | null, path: () => string) => async (page: Page, context: BrowserContext) => {
  await signedIn(context, role, subjectId())
  await page.goto(server.address + path())
}
const byEnterprise = (path: () => string) => as('enterprise', () => enterpriseId, path)
const byOperator = (path: () => string) => as('operator', () => null, path)

/** Where each page is, or the way to it. */
const pages: Record<string, (page: Page, context: BrowserContext) => Promise<unknown>> = {
  'the queue with what may be the same': byOperator(() => '/desk/vetting'),
  'a case with its twins': byOperator(() => `/desk/vetting/${waitingId}`),
  'a demand with its twins': byOperator(() => `/demands/${waitingId}`),
  'two side by side': byOperator(() => `/demands/${waitingId}/merging?with=${ownId}`),
  'two side by side, refused': async (page, context) => {
    await byOperator(() => `/demands/${waitingId}/merging?with=${ownId}`)(page, context)
    await page.check(`input[name=stays][value=${waitingId}]`)
    await page.check(`input[name=take-budget][value=${waitingId}]`)
    await press(page, '.merging button')
    await page.locator('.summary:focus').waitFor()
    expect(await page.locator(`input[name=stays][value=${waitingId}]`).isChecked()).toBe(true)
    expect(await page.locator(`input[name=take-budget][value=${waitingId}]`).isChecked()).toBe(true)
  },
  'two of two enterprises': byOperator(() => `/demands/${ownId}/merging?with=${elsewhereId}`),
  'what stays, by the address of what ended': byOperator(() => `/demands/${goneId}`),
  'what ended, as it was': byEnterprise(() => `/demands/${goneId}?past=yes`),
  'both histories': byEnterprise(() => `/demands/${keptId}/records`),
}

for (const [locale, width] of [
  ['zh-CN', widths.phone],
  ['en', widths.desk],
] as const) {
  describe(`at ${width} pixels, in ${locale}`, () => {
    it.each(Object.keys(pages))('%s: readable, reachable, and within the screen', async (name) => {
      const context = await browser.newContext({ viewport: { width, height: 844 }, locale })
      try {
        const page = await context.newPage()
        const said = listenTo(page)
        await pages[name]!(page, context)
        expect(await page.getAttribute('html', 'lang')).toBe(locale)
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${width}-${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true })
        expect([...(await faultsOf(page)), ...said]).toEqual([])
      } finally {
        await context.close()
      }
    })
  })
}

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  it('two are made one, and two again', async () => {
    const enterprise = actingAs('enterprise', enterpriseId)
    const first = await published(enterprise, { ...pitMud, enterpriseId })
    const second = await published(enterprise, { ...pitMud, title: '窖泥退化怎么办', tried: '换过一次新泥。', enterpriseId })
    const context = await browser.newContext({ viewport: { width: widths.phone, height: 844 }, locale: 'zh-CN', javaScriptEnabled })
    try {
      const page = await context.newPage()
      await byOperator(() => `/demands/${first}`)(page, context)
      await press(page, `a[href="/demands/${first}/merging?with=${second}"]`)
      await page.check(`input[name=stays][value=${first}]`)
      await press(page, '.merging button')
      expect(new URL(page.url()).pathname).toBe(`/demands/${first}`)
      expect((await demands.find(market.ports.database, second))!.mergedIntoId).toBe(first)
      await press(page, `.notice form[action="/demands/${second}/merging/undoing"] button`)
      expect((await demands.find(market.ports.database, second))!.state).toBe('published')
      await page.goto(`${server.address}/demands/${first}`)
      await press(page, `#twins form:has(input[value=${second}]) button`)
      expect(await page.locator(`a[href="/demands/${first}/merging?with=${second}"]`).count()).toBe(0)
      await page.locator('#twins summary').click()
      await press(page, '#twins details button')
      expect(await page.locator(`a[href="/demands/${first}/merging?with=${second}"]`).count()).toBe(1)
    } finally {
      await context.close()
    }
  })
})
