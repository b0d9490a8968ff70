import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ranksOf } from '../../src/accounts/account.ts'
import { drawLink } from '../../src/accounts/actions/link.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, type OpenAuth, openAuth } from '../../src/accounts/actions/session.ts'
import { actingAs, type Role } from '../../src/accounts/actor.ts'
import { askForConfirmation } from '../../src/demands/actions/confirmation.ts'
import { draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { enterpriseActions, institutionActions, parkActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { requestClaim } from '../../src/organisations/actions/claim.ts'
import { requestVerification } from '../../src/organisations/actions/verification.ts'
import { configFrom } from '../../src/platform/config.ts'
import { welding } from '../journeys/fixtures.ts'
import { checks } from '../journeys/market.ts'
import { faultsOf, launchBrowser, listenTo, press, widths } from './sight.ts'

/** The pages of accounts and organisations, and of what they keep to themselves, as people see them: on a phone and on a desk, in both languages, by a real browser. */

const folder = mkdtempSync(join(tmpdir(), 'sunmao-pages-'))
let market: Market
let server: Server
let browser: Browser
let auth: OpenAuth
let enterpriseId: string
let parkId: string
let institutionId: string
let demandId: string
let publishedId: string
/** Somebody who claims the enterprise. */
const claimant = actingAs('visitor', 'visitor', { accountId: 'acc_aaaaaaaaaaaaaaaaaaaa' })
beforeAll(async () => {
  const config = configFrom({
    SUNMAO_DATABASE: ':memory:',
    SUNMAO_EMBEDDING: 'off',
    SUNMAO_PORT: '0',
    SUNMAO_OUTBOX: folder,
    SUNMAO_OIDC_ISSUER: 'https://id.lizhou.example',
    SUNMAO_OIDC_CLIENT_ID: 'sunmao',
    SUNMAO_OIDC_LABEL_ZH: '砺州统一身份认证',
    SUNMAO_OIDC_LABEL_EN: 'Lizhou identity',
  })
  market = await openMarket(config)
  server = await serveMarket(market, config)
  const { ports } = market
  auth = openAuth(ports)
  const operator = actingAs('operator', 'tok_operator')
  enterpriseId = (await enterpriseActions.register(ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })).id
  institutionId = (await institutionActions.register(ports, operator, { name: '砺州理工大学', kind: 'university' })).id
  parkId = (await parkActions.register(ports, operator, { name: '铸东产业园' })).id
  const secret = {
    ...welding,
    enterpriseId,
    visibility: 'nda',
    teaser: '大型梁类结构件焊后弯曲',
    confidential: '在用焊丝牌号与工装尺寸。',
  } as const
  publishedId = (await draftDemand(ports, actingAs('park', parkId), secret)).id
  await requestDemandPublication(ports, operator, publishedId)
  await publishDemand(
    ports,
    operator,
    publishedId,
    checks.map((each) => ({ ...each, reason: '已逐词核对' })),
  )
  await requestVerification(ports, operator, enterpriseId, { note: '营业执照编号与总机见官网。' })
  await requestClaim(ports, claimant, { subjectId: enterpriseId, note: '我是公司技术中心的负责人。' })
  demandId = (await draftDemand(ports, actingAs('park', parkId), { ...welding, enterpriseId })).id
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Enters the market as an expert. */
async function enrolled(page: Page): Promise<void> {
  await page.goto(`${server.address}/account/enrolment?as=expert`)
  await page.fill('#name', '沈砚秋')
  await page.fill('#institution', '砺州理工大学')
  await page.fill('#field', '焊接变形控制')
  await page.check('#profile')
  await page.check('#proposal')
  await press(page, 'button.large')
}

let people = 0
/** A browser in which somebody new is signed in, and acts for nobody yet. */
async function newcomer(context: BrowserContext): Promise<void> {
  await beginIn(context, await accountOf(market.ports, `+861370000${String(++people).padStart(4, '0')}`))
}
/** A browser in which somebody new is signed in, and acts for a subject. */
async function signedIn(context: BrowserContext, role: Role, subjectId: string | null): Promise<string> {
  const account = await accountOf(market.ports, `+861360000${String(++people).padStart(4, '0')}`)
  await admitMember(market.ports, 'the test', { accountId: account.id, role, subjectId, rank: ranksOf(role)[0] })
  await beginIn(context, account)
  return account.id
}

async function beginIn(context: BrowserContext, account: Awaited<ReturnType<typeof accountOf>>): Promise<void> {
  const [cookie = ''] = await beginSession(await auth(false), account, new Headers(), market.ports.now())
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!
  await context.addCookies([{ name, value: decodeURIComponent(value), url: server.address, httpOnly: true, sameSite: 'Lax' }])
}

/** Where each page is, or the way to it. */
const pages: Record<string, (page: Page, context: BrowserContext) => Promise<unknown>> = {
  'sign in': (page) => page.goto(`${server.address}/sign-in`),
  'sign in by password': (page) => page.goto(`${server.address}/sign-in/password`),
  'forgotten password': (page) => page.goto(`${server.address}/sign-in/password/forgotten`),
  'forgotten password, refused': async (page) => {
    await page.goto(`${server.address}/sign-in/password/forgotten`)
    await press(page, 'main form button')
  },
  account: async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account`)
  },
  members: async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/members`)
  },
  'members, refused': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/members`)
    await page.fill('#to', '12345')
    await press(page, 'form[action="/account/members/invitations"] button')
  },
  'an invitation that was made': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/members`)
    await page.fill('#to', 'luo@zhongli.example')
    await press(page, 'form[action="/account/members/invitations"] button')
  },
  'an invitation that is opened': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/members`)
    await press(page, 'form[action="/account/members/invitations"] button')
    const text = await page.inputValue('#copy')
    await context.clearCookies({ name: 'sunmao.session_token' })
    await page.goto(server.address + /\/invitations\/\w+/.exec(text)![0])
  },
  keys: async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/keys`)
  },
  'a key that was made': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/keys`)
    await page.fill('#name', '生产计划与排产系统')
    await page.locator('input[name=scopes]').first().check()
    await press(page, 'form[action="/account/keys"] button')
  },
  'keys, refused': async (page, context) => {
    await signedIn(context, 'park', parkId)
    await page.goto(`${server.address}/account/keys`)
    await page.fill('#days', '4000')
    await press(page, 'form[action="/account/keys"] button')
  },
  password: async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/password`)
  },
  'change of number': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/phone`)
  },
  'change of number, code': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/phone`)
    await press(page, 'form[action="/account/phone/code"] button')
  },
  'second factor': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/second-factor`)
  },
  'second factor that was drawn': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/second-factor`)
    await press(page, 'form[action="/account/second-factor/draw"] button')
  },
  devices: async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/devices`)
  },
  'a demand that waits for its enterprise': async (page, context) => {
    await signedIn(context, 'park', parkId)
    await page.goto(`${server.address}/demands/${demandId}`)
  },
  'a link that was made': async (page, context) => {
    await signedIn(context, 'park', parkId)
    await page.goto(`${server.address}/demands/${demandId}`)
    await press(page, 'form[action$="/confirmation-link"] button')
  },
  'a link that is opened': async (page) => {
    const { link } = await askForConfirmation(market.ports, actingAs('park', parkId), demandId)
    await page.goto(server.address + new URL(link).pathname)
  },
  'a link that is answered wrongly, then rightly': async (page) => {
    const { link } = await askForConfirmation(market.ports, actingAs('park', parkId), demandId)
    await page.goto(server.address + new URL(link).pathname)
    await press(page, 'button[value=confirmed]')
    expect(await page.locator('.summary').count()).toBe(1)
    await page.fill('#note', '旁弯指标应为不超过2毫米。')
    await press(page, 'button[value=corrected]')
  },
  'a link that is gone': (page) => page.goto(`${server.address}/links/sml_${'0'.repeat(40)}`),
  verification: async (page, context) => {
    await signedIn(context, 'park', parkId)
    await page.goto(`${server.address}/account/verification`)
  },
  'a verification that waits': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/account/verification`)
  },
  'enrolment of an expert': async (page, context) => {
    await newcomer(context)
    await page.goto(`${server.address}/account/enrolment?as=expert`)
  },
  'enrolment of an expert who does not say where he works': async (page, context) => {
    await newcomer(context)
    await page.goto(`${server.address}/account/enrolment?as=expert`)
    await page.fill('#name', '沈砚秋')
    await page.fill('#field', '焊接变形控制')
    await page.fill('#email', 'shen@lzut.example')
    await press(page, 'button.large')
    expect(await page.locator('#institution-error').count()).toBe(1)
  },
  'verification of somebody who enrolled': async (page, context) => {
    await newcomer(context)
    await enrolled(page)
    await page.goto(`${server.address}/account/verification`)
  },
  'verification of somebody who enrolled, that waits': async (page, context) => {
    await newcomer(context)
    await enrolled(page)
    await page.goto(`${server.address}/account/verification`)
    await page.fill('#link', 'https://www.lzut.example/teachers/shen-yanqiu/profile-and-publications.html')
    await page.fill('#note', '办公电话 0592-1234567，院办可以核对。')
    await press(page, 'button.large')
  },
  'somebody who enrolled': async (page, context) => {
    await newcomer(context)
    await enrolled(page)
    await page.goto(`${server.address}/experts`)
    expect(await page.locator('.tag.busy').count()).toBeGreaterThan(0)
  },
  'the desk of an institution': async (page, context) => {
    await signedIn(context, 'institution', institutionId)
    await page.goto(`${server.address}/desk`)
  },
  'a claim': async (page, context) => {
    await signedIn(context, 'park', parkId)
    await page.goto(`${server.address}/claims/new/${enterpriseId}`)
  },
  'claims, one of which was made': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/claims/new/${parkId}`)
    await page.fill('#note', '园区由我公司代管。')
    await press(page, 'main form button')
    await page.goto(`${server.address}/account/claims`)
  },
  "the operator's desk": async (page, context) => {
    await signedIn(context, 'operator', null)
    await page.goto(`${server.address}/desk`)
  },
  'the desk of an enterprise': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/desk`)
  },
  'a demand under NDA, to a visitor': (page) => page.goto(`${server.address}/demands/${publishedId}`),
  'a demand under NDA, to its enterprise': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/demands/${publishedId}`)
  },
  'what is confidential, opened by the operator': async (page, context) => {
    await signedIn(context, 'operator', null)
    await page.goto(`${server.address}/demands/${publishedId}`)
    const opening = page.locator('form[action="/openings"]')
    if ((await opening.count()) === 0) return
    await opening.locator('textarea, input[type=text], input:not([type])').first().fill('核对涉密情况')
    await press(page, opening.locator('button'))
  },
  'documents of an enterprise': async (page, context) => {
    await signedIn(context, 'enterprise', enterpriseId)
    await page.goto(`${server.address}/enterprises/${enterpriseId}/attachments`)
  },
  'a link to an address': async (page, context) => {
    const id = await signedIn(context, 'enterprise', enterpriseId)
    const { secret, statements } = await drawLink(market.ports, {
      purpose: 'verify-email',
      objectId: id,
      actorId: id,
      contact: 'luo.caiwei@zhongli-heavy-machinery.example',
    })
    await market.ports.database.commit(...statements)
    await page.goto(`${server.address}/email-verification/${secret}`)
  },
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
        expect([...(await faultsOf(page)), ...said]).toEqual([])
      } finally {
        await context.close()
      }
    })
  })
}
