import { beforeEach, describe, expect, it } from 'vitest'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { erase } from '../../src/persons/actions/erase.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
const form = '/demands/new?title=%E8%96%84%E6%9D%BF'
const title = '304 不锈钢薄板焊接后翘曲变形大'
const problem = '焊后翘曲 3 mm。\r\n校平费时。'

describe.each(installations)('a form that was begun, on %s', (name) => {
  let market: SignInMarket
  let phoneBrowser: Browser
  let desk: Browser

  beforeEach(async () => {
    market = await openSignInMarket(name)
    const { id } = await market.enterprise({ name: '众砺重工有限公司' })
    await market.admit(phone, 'enterprise', id)
    phoneBrowser = market.browser()
    desk = market.browser()
    for (const browser of [phoneBrowser, desk]) await market.signIn(browser, phone)
  })

  const begin = (browser: Browser, more: Record<string, string> = {}) =>
    browser.post('/unfinished', { unfinished: form, title, problem, budget: '30', once: market.ports.newId('salt'), ...more })
  const listed = async () => (await desk.get('/demands/mine')).html.includes('还没写完的')

  it('is kept, goes on where its writer signs in next, and is gone once it was sent', async () => {
    expect((await begin(phoneBrowser)).html).toContain('已自动保存')
    const resumed = await desk.get(form)
    expect(resumed.html).toContain('没写完的内容')
    for (const each of [`value="${title}"`, '焊后翘曲 3 mm。\n校平费时。', 'value="30"']) expect(resumed.html).toContain(each)
    expect(await listed()).toBe(true)
    // Another form of the same kind is another form.
    expect((await desk.get('/demands/new')).html).not.toContain(title)

    const refused = await desk.post('/demands/new', { unfinished: form, title: '短', problem })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`name="unfinished" value="${form.replaceAll('&', '&amp;')}"`)
    expect(await listed()).toBe(true)
    expect((await desk.post('/demands/new', { unfinished: form, title, problem })).status).toBe(303)
    expect(await listed()).toBe(false)
    expect((await desk.get(form)).html).not.toContain(title)
  })

  it('is given up when its writer says so, and leads back', async () => {
    await begin(phoneBrowser)
    const dropped = await desk.post('/unfinished/dropping', { unfinished: form, back: '/demands/mine' })
    expect([dropped.status, dropped.location]).toEqual([303, '/demands/mine'])
    expect(await listed()).toBe(false)
    expect((await desk.post('/unfinished/dropping', { unfinished: form, back: '//elsewhere.example/' })).location).toBe('/')
  })

  it('belongs to one account alone, and to the role in which it was begun', async () => {
    await begin(phoneBrowser)
    const { id } = await market.enterprise({ name: '众砺装备有限公司' })
    await market.admit('13900000002', 'enterprise', id)
    const other = market.browser()
    await market.signIn(other, '13900000002')
    expect((await other.get(form)).html).not.toContain(title)
    await other.post('/unfinished/dropping', { unfinished: form, back: '/' })
    expect(await listed()).toBe(true)

    const second = await market.admit(phone, 'enterprise', id)
    market.pass(10)
    expect((await desk.post('/account/membership', { id: second.id })).status).toBe(303)
    expect(await listed()).toBe(false)
  })

  it('of an edit is saved on the version that its writer saw', async () => {
    const draft = await desk.post('/demands/new', { title, problem })
    const edit = `${draft.location}/edit`
    await phoneBrowser.post('/unfinished', { unfinished: edit, version: '1', title: `${title}，求解` })
    market.pass(10)
    await desk.post(edit, { version: '1', only: 'budget', budget: '20' })
    const resumed = await phoneBrowser.get(edit)
    expect(resumed.html).toContain('name="version" value="1"')
    expect(resumed.html).toContain(`${title}，求解`)
    const conflict = await phoneBrowser.post(edit, { unfinished: edit, version: '1', title: `${title}，求解`, problem })
    expect(conflict.status).toBe(412)
    expect(await listed()).toBe(true)
    expect((await phoneBrowser.post(edit, { unfinished: edit, version: '2', title: `${title}，求解`, problem, budget: '20' })).status).toBe(
      303,
    )
    expect(await listed()).toBe(false)
  })

  it('keeps no secret and no more than it may; says when nobody is there to keep it for', async () => {
    await begin(phoneBrowser, { password: '不该留下的口令' })
    const held = await market.world.database.query.selectFrom('unfinished_form').selectAll().execute()
    expect(JSON.stringify(held)).not.toMatch(/不该留下的口令|once/)
    expect((await begin(phoneBrowser, { problem: '长'.repeat(20_001) })).status).toBe(422)
    expect((await phoneBrowser.post('/unfinished', { title })).status).toBe(422)
    for (let each = 0; each < 25; each++) {
      market.pass(2)
      await phoneBrowser.post('/unfinished', { unfinished: `/demands/new?title=${each}`, title })
    }
    const kept = await market.world.database.query.selectFrom('unfinished_form').select('path').execute()
    expect(kept).toHaveLength(20)
    expect(kept).toContainEqual({ path: '/demands/new?title=24' })

    await market.world.database.commit(market.world.database.query.deleteFrom('session'))
    const ended = await begin(phoneBrowser)
    expect([ended.status, ended.html]).toEqual([200, expect.stringContaining('登录已过期')])
  })

  it('goes with the account', async () => {
    await begin(phoneBrowser)
    const { id } = await accountOf(market.ports, `+86${phone}`)
    await erase(market.ports, await findPerson(market.ports, id), { reason: 'request', by: id })
    expect(await market.world.database.query.selectFrom('unfinished_form').select('path').execute()).toEqual([])
  })

  it('goes after thirty days; until then its writer is given it', async () => {
    await begin(phoneBrowser)
    expect((await desk.get('/account/data/export')).html).toContain(title)
    const due = async (dryRun: boolean) => (await retain(market.ports, { dryRun })).find(({ rule }) => rule === 'unfinished-forms')
    expect(await due(false)).toMatchObject({ count: 0 })
    market.pass(31 * 86_400)
    expect(await due(true)).toMatchObject({ count: 1 })
    expect(await due(false)).toMatchObject({ count: 1 })
    expect(await market.world.database.query.selectFrom('unfinished_form').select('path').execute()).toEqual([])
  })
})
