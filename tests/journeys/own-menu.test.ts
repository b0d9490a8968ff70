import { afterEach, beforeEach, expect, it } from 'vitest'
import { zhudong } from './fixtures.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

/** The head of every page: where one is, and as whom. */

const phone = '13700137021'
let market: SignInMarket
beforeEach(async () => {
  market = await openSignInMarket('sqlite')
})
afterEach(() => market.world.close())

const headOf = (html: string) => html.slice(html.indexOf('<header'), html.indexOf('</header>'))

it('tells whom one acts for and by which number, and lets one go', async () => {
  const enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  await market.admit(phone, 'enterprise', enterprise.id)
  const own = market.browser()
  await market.signIn(own, phone)
  const head = headOf((await own.get('/demands/mine')).html)
  expect(head).toContain('众砺重工有限公司')
  expect(head).toContain('企业 · 137****7021')
  expect(head).not.toContain(phone)
  expect(head).toContain('<a href="/demands/mine" aria-current="page">')
  expect(head).toContain('action="/sign-out"')
})

it('leads home, in, and to the other language; a visitor has nothing to leave', async () => {
  const head = headOf((await market.browser().get('/demands')).html)
  expect(head).toContain('<a href="/">首页</a>')
  expect(head).toContain('<a href="/demands" aria-current="page">')
  expect(head).toContain('href="/sign-in?back=%2Fdemands"')
  expect(head).toContain('href="/language?to=en')
  expect(head).not.toContain('/sign-out')
})

it('says nothing of an organisation to whoever acts for none', async () => {
  const own = market.browser()
  await market.signIn(own, '13700137022')
  expect(headOf((await own.get('/demands')).html)).toContain('<p><span class="quiet">137****7022</span></p>')
})
