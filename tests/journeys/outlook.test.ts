import { beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from './browser.ts'
import { casting, fixture, welding, zhudong } from './fixtures.ts'
import type { Client } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
let market: SignInMarket
let own: Browser
let enterprise: Client

beforeEach(async () => {
  market = await openSignInMarket('sqlite')
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  const institution = await market.institution({ name: '砺州理工大学', region: zhudong })
  await market.offer(institution, fixture)
  await market.admit(phone, 'enterprise', enterprise.id)
  own = market.browser()
  await market.signIn(own, phone)
})

const ask = (form: Record<string, string>) => own.post('/demands/outlook', form)

describe('what a demand may meet with while it is written', () => {
  it('names results, what is still missing, and stores nothing', async () => {
    const { html, status } = await ask({ title: welding.title, problem: welding.problem ?? '' })
    expect(status).toBe(200)
    expect(html).toContain(fixture.title)
    expect(html).toContain('匹配会更准')
    expect(html).not.toContain('<html')
    expect((await own.get('/demands/mine')).html).not.toContain(welding.title)
    // What is wrong is said when it is sent.
    expect((await ask({ title: welding.title, budget: '三十', deadlineOn: '2001-01-01' })).html).toContain(fixture.title)
  })

  it('puts figures of the text into the list of indicators, one or all, and offers them no more', async () => {
    const form = {
      title: welding.title,
      problem: '要求焊后旁弯不超过3 mm，希望单件工时控制在40分钟以内。',
      indicators: '焊缝合格率不低于98%',
    }
    const offered = (await ask(form)).html
    expect(offered).toContain('要求焊后旁弯不超过3 mm')
    expect(offered).toContain('全部加入')
    const { html, status } = await own.post('/demands/outlook/indicators', { ...form, take: '要求焊后旁弯不超过3 mm' })
    expect(status).toBe(200)
    const [list, taken] = html.split('<textarea')
    expect(taken).toContain('hx-swap-oob="true"')
    expect(taken).toContain('焊缝合格率不低于98%\n要求焊后旁弯不超过3 mm')
    expect(list).not.toContain('焊后旁弯不超过3 mm</span>')
    expect(list).toContain('希望单件工时控制在40分钟以内')
    // What is there is not put there twice.
    const again = await own.post('/demands/outlook/indicators', {
      ...form,
      indicators: '要求焊后旁弯不超过3 mm',
      take: '要求焊后旁弯不超过3 mm',
    })
    expect(again.html.split('<textarea')[1]!.split('焊后旁弯')).toHaveLength(2)
  })

  it('is silent before there is a title', async () => {
    const { html, status } = await ask({ title: '变形', problem: '焊接' })
    expect([status, html]).toEqual([200, ''])
  })

  it('points to an open demand of the same enterprise that seems to be the same, and to nobody else’s', async () => {
    const { id } = await market.draft(enterprise, welding)
    const other = await market.enterprise({ name: '另一家压铸有限公司' })
    const theirs = await market.draft(other, casting)
    expect((await ask({ title: `${welding.title}，求解`, problem: '' })).html).toContain(`/demands/${id}`)
    expect((await ask({ title: casting.title, problem: casting.problem ?? '' })).html).not.toContain(theirs.id)
    expect((await ask({ title: '完全不同的一件事情', problem: '' })).html).not.toContain(id)
  })

  it('is for those who may draft a demand', async () => {
    const visitor = market.browser()
    expect((await visitor.post('/demands/outlook', { title: welding.title })).status).toBe(401)
    await market.admit('13900000002', 'auditor', null)
    const auditor = market.browser()
    await market.signIn(auditor, '13900000002')
    expect((await auditor.post('/demands/outlook', { title: welding.title, enterpriseId: enterprise.id })).status).toBe(403)
  })
})
