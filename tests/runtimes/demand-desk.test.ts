import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, type OpenAuth, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs, type Role } from '../../src/accounts/actor.ts'
import { proposeWording } from '../../src/demands/actions/proposal.ts'
import { amendDemand, draftDemand, requestDemandPublication, returnDemand } from '../../src/demands/actions.ts'
import { enterpriseActions, parkActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { casting, pitMud, welding } from '../journeys/fixtures.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** The pages of those who look after demands, and of the operator who vets them, as people see them. */

const folder = mkdtempSync(join(tmpdir(), 'sunmao-desk-'))
let market: Market
let server: Server
let browser: Browser
let auth: OpenAuth
let enterpriseId: string
let parkId: string
/** Waits for vetting, with words that are flagged; another, for which other words were proposed; and a draft. */
let waitingId: string
let proposedId: string
let draftId: string

beforeAll(async () => {
  const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0', SUNMAO_OUTBOX: folder })
  market = await openMarket(config)
  server = await serveMarket(market, config)
  const { ports } = market
  auth = openAuth(ports)
  const operator = actingAs('operator', 'tok_operator')
  enterpriseId = (await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })).id
  parkId = (await parkActions.register(ports, operator, { name: '铸东产业园' })).id
  const enterprise = actingAs('enterprise', enterpriseId)
  const problem = '众砺重型机械的箱形梁为军品配套，国内第一；焊后旁弯超过8毫米。\n人工火焰校正每根要四小时，用户拒收。'
  waitingId = (await draftDemand(ports, enterprise, { ...welding, problem, isAnonymous: true })).id
  await requestDemandPublication(ports, enterprise, waitingId)
  const checks = [{ check: 'wording' as const, result: 'failed' as const, reason: '“国内第一”没有依据' }]
  await returnDemand(ports, operator, waitingId, '请删去绝对化用语', checks)
  await requestDemandPublication(ports, enterprise, waitingId)
  proposedId = (await draftDemand(ports, enterprise, casting)).id
  await requestDemandPublication(ports, enterprise, proposedId)
  const changes = {
    title: '薄壁铝合金压铸件气孔率控制',
    problem: '薄壁压铸件气孔率约5%，热处理后表面起泡。想了解真空压铸是否可行，目标气孔率不高于1%。',
  }
  await proposeWording(ports, operator, proposedId, { changes, note: '补上目标值，便于匹配。' })
  draftId = (await draftDemand(ports, enterprise, pitMud)).id
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

let people = 0
/** A browser in which somebody new is signed in, and acts for a subject. */
async function signedIn(context: BrowserContext, role: Role, subjectId: string | null): Promise<void> {
  const account = await accountOf(market.ports, `+861370000${String(++people).padStart(4, '0')}`)
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
  'my demands': byEnterprise(() => '/demands/mine'),
  'my demands, of a park that has none': as(
    'park',
    () => parkId,
    () => '/demands/mine',
  ),
  'a demand of one’s own': byEnterprise(() => `/demands/${proposedId}`),
  'the form of a demand': byEnterprise(() => `/demands/${draftId}/edit`),
  'the form of a demand, refused': async (page, context) => {
    await byEnterprise(() => `/demands/${draftId}/edit`)(page, context)
    await page.fill('#title', '')
    await page.fill('#budget', '三十')
    await press(page, 'main form button')
    await page.locator('.summary:focus').waitFor()
  },
  'two versions of a demand': async (page, context) => {
    await byEnterprise(() => `/demands/${draftId}/edit`)(page, context)
    await page.fill('#problem', '窖泥板结发硬，需要能在本厂做的复壮办法。')
    const version = Number(await page.inputValue('input[name=version]'))
    const keywords = ['窖泥', `第${version}版`]
    const tried = `换过一次新泥，第${version}次。`
    await amendDemand(market.ports, actingAs('enterprise', enterpriseId), draftId, version, { keywords, tried, currentState: tried })
    await press(page, 'main form button')
    await page.locator('.summary:focus').waitFor()
    expect(await page.locator('.versions').count()).toBe(3)
    expect(await page.locator('input[name=pick-problem][value=mine]').isChecked()).toBe(true)
    expect(await page.locator('input[name=pick-tried][value=theirs]').isChecked()).toBe(true)
  },
  'a withdrawal, asked once more': byEnterprise(() => `/demands/${draftId}/withdrawal`),
  'a preview': byEnterprise(() => `/demands/${waitingId}/preview`),
  'a preview, as a reader under the terms': byEnterprise(() => `/demands/${waitingId}/preview?as=agreed`),
  'the choice of an enterprise': as(
    'park',
    () => parkId,
    () => '/demands/new',
  ),
  'the form for an enterprise': as(
    'park',
    () => parkId,
    () => `/demands/new?enterpriseId=${enterpriseId}`,
  ),
  'a form, with what it may meet with': async (page, context) => {
    await byEnterprise(() => '/demands/new')(page, context)
    await page.locator('#title').pressSequentially('薄壁铝合金压铸件气孔率控制')
    await page.locator('#outlook h2').waitFor()
    expect(await page.locator('#outlook .notice.warn a').getAttribute('href')).toBe(`/demands/${proposedId}`)
    await page.locator('#problem').pressSequentially('要求气孔率不超过2 %，希望单件节拍控制在40秒以内。')
    await page.locator('#outlook button').first().click()
    await page.locator('#outlook button').nth(1).waitFor({ state: 'detached' })
    expect(await page.inputValue('#indicators')).toBe('要求气孔率不超过2 %')
    await page
      .locator('details.more')
      .first()
      .evaluate((more) => more.setAttribute('open', ''))
  },
  'a form that was begun elsewhere': async (page, context) => {
    const elsewhere = await context.newPage()
    await byEnterprise(() => '/demands/new')(elsewhere, context)
    await elsewhere.locator('#title').pressSequentially('磨床砂轮修整后表面仍有振纹')
    await elsewhere.locator('#autosaved:not(:empty)').waitFor()
    await page.goto(elsewhere.url())
    expect(await page.inputValue('#title')).toBe('磨床砂轮修整后表面仍有振纹')
    await page.goto(`${server.address}/demands/mine`)
    expect(await page.locator('a[href="/demands/new"]').count()).toBeGreaterThan(1)
    await press(page, '.cards a[href="/demands/new"]')
  },
  'a form, after its session has ended': async (page, context) => {
    await byEnterprise(() => '/demands/new')(page, context)
    await page.fill('#title', '磨床砂轮修整后表面仍有振纹')
    await market.ports.database.commit(market.ports.database.query.deleteFrom('session'))
    await press(page, 'main form button:has-text("")')
    await page.locator('form[action="/demands/new"] input[name=title]').waitFor({ state: 'attached' })
    await page.locator('main details summary').click()
  },
  'other words, as they are proposed': byOperator(() => `/demands/${waitingId}/proposal`),
  'other words, as their owner sees them': byEnterprise(() => `/demands/${proposedId}/proposal/answer`),
  'the queue of vetting': byOperator(() => '/desk/vetting'),
  'the queue of vetting, of results': byOperator(() => '/desk/vetting?kind=offering'),
  'a case on the desk': byOperator(() => `/desk/vetting/${waitingId}`),
  'a case on the desk, refused': async (page, context) => {
    await byOperator(() => `/desk/vetting/${waitingId}`)(page, context)
    await page.check('input[name=result-authenticity][value=passed]')
    await press(page, 'button[value=grant]')
    await page.locator('.summary:focus').waitFor()
    expect(await page.locator('.summary a').count()).toBe(2)
    expect(await page.locator('input[name=result-authenticity][value=passed]').isChecked()).toBe(true)
  },
  'the flagged terms': byOperator(() => '/desk/flagged-terms'),
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
