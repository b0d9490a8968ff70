import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { demands } from '../../src/demands/store.ts'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { openBrowser } from './browser.ts'
import { casting, fixture, lead, pitMud, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** A browser: somebody's token or none, one language, and the pages it is sent to. */
interface Browser {
  get(path: string): Promise<Sheet>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Sheet>
}
interface Sheet {
  status: number
  html: string
  header(name: string): string | null
}

const origin = 'http://market.example'
let market: Market
let enterprise: Client
let institution: Client

beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学', region: zhudong })
})

function browser(client: Client = market.visitor, locale: Locale = 'zh-CN', app: Pick<Market['app'], 'request'> = market.app): Browser {
  const headers = {
    accept: 'text/html',
    cookie: `lang=${locale}`,
    ...(client.secret !== null && { authorization: `Bearer ${client.secret}` }),
  }
  const sheet = async (answer: Response): Promise<Sheet> => ({
    status: answer.status,
    html: await answer.text(),
    header: (name) => answer.headers.get(name),
  })
  return {
    get: async (path) => sheet(await app.request(origin + path, { headers })),
    post: async (path, form, more = { origin }) =>
      sheet(await app.request(origin + path, { method: 'POST', body: new URLSearchParams(form), headers: { ...headers, ...more } })),
  }
}

/** What stands between the tags. */
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, '')

describe('every page', () => {
  it('answers in both languages with its facts, and carries neither inline script nor inline style', async () => {
    const demand = await market.publish(enterprise, welding)
    const offering = await market.offer(institution, fixture)
    const known = await market.expert({
      name: '沈砚秋',
      field: '焊接变形控制',
      affiliations: [{ institutionId: institution.id, department: null, post: '教授' }],
    })
    await market.claim(known.id)
    const pages: [path: string, fact: string][] = [
      ['/', welding.title],
      ['/design', 'mm'],
      ['/demands', welding.title],
      ['/offerings', fixture.title],
      ['/experts', '沈砚秋'],
      ['/institutions', '砺州理工大学'],
      ['/enterprises', '众砺重工有限公司'],
      [`/search?q=${encodeURIComponent('焊接变形')}`, fixture.title],
      [`/demands/${demand.id}`, '焊后旁弯≤3 mm'],
      [`/demands/${demand.id}/matches?kind=offering`, fixture.title],
      [`/offerings/${offering.id}`, '现场检测记录'],
      [`/experts/${known.id}`, '焊接变形控制'],
      [`/institutions/${institution.id}`, '沈砚秋'],
      [`/enterprises/${enterprise.id}`, welding.title],
      ['/demands/new', 'Bearer'],
    ]
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const [path, fact] of pages) {
        const { status, html, header } = await browser(market.visitor, locale).get(path)
        expect(status, path).toBe(200)
        expect(html, path).toMatch(new RegExp(`^<!doctype html><html lang="${locale}" `))
        if (fact !== 'Bearer') expect(html, `${path} ${locale}`).toContain(fact)
        expect(html, path).not.toMatch(/\sstyle=|<style|javascript:|\son[a-z]+="|undefined|\[object|NaN/)
        const scripts = html.match(/<script[^>]*>/g)?.filter((each) => each !== '<script type="application/ld+json">')
        expect(scripts, path).toEqual(['<script src="/htmx.min.js" defer="">'])
        expect(html.match(/<h1/g), path).toHaveLength(1)
        expect(header('content-security-policy')).toContain("default-src 'self'")
        expect(header('vary')).toContain('cookie')
      }
    }
  })

  it('speaks the language that was chosen, and goes back to the page it was chosen on', async () => {
    const { status, header } = await browser().get(`/language?to=en&back=${encodeURIComponent('/demands?chain=food&lang=zh-CN')}`)
    expect(status).toBe(303)
    expect(header('location')).toBe('/demands?chain=food')
    expect(header('set-cookie')).toMatch(/^lang=en; .*HttpOnly; SameSite=Lax/)
    expect((await browser(market.visitor, 'en').get('/demands')).html).toContain('Technical problems that enterprises want solved.')
  })

  it('looks as was chosen: light, dark or as the device, and with larger text; each choice leaves the others as they are', async () => {
    const own = openBrowser((url, request) => market.app.request(url, request))
    const looks = async () => /<html [^>]*>/.exec((await own.get('/demands')).html)![0]
    expect(await looks()).toContain('data-theme="auto" data-size="standard"')
    const { status, location, cookies } = await own.get(`/display?theme=dark&back=${encodeURIComponent('/demands?chain=food')}`)
    expect([status, location]).toEqual([303, '/demands?chain=food'])
    expect(cookies).toEqual([expect.stringMatching(/^theme=dark; .*HttpOnly; SameSite=Lax/)])
    await own.get('/display?size=large')
    expect(await looks()).toContain('data-theme="dark" data-size="large"')
    expect((await own.get('/demands')).html).toMatch(/<a href="\/display\?size=standard&amp;back=%2Fdemands"[^>]*>标准模式/)
    await own.get('/display?theme=%22%3E%3Cscript%3E&size=huge')
    expect(await looks()).toContain('data-theme="auto" data-size="standard"')
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example', 'evil', ''])(
    'never leads away from the market: %j',
    async (back) => {
      for (const choice of ['/language?to=en', '/display?theme=dark']) {
        const { header } = await browser().get(`${choice}&back=${encodeURIComponent(back)}`)
        expect(header('location')).toBe('/')
      }
    },
  )

  it('says that the data is invented where a seeded listing is shown, and not elsewhere', async () => {
    await market.publish(enterprise, casting)
    expect((await browser().get('/demands')).html).not.toContain('演示数据')
    const { database } = market.ports
    const seeded = { ...(await market.publish(enterprise, welding)), originId: 'demo/dem-e-01' }
    await database.commit(...demands.update(database, Demand.parse(seeded)))
    for (const path of ['/', '/demands', `/demands/${seeded.id}`]) expect((await browser().get(path)).html, path).toContain('演示数据')
    expect((await browser(market.visitor, 'en').get('/demands')).html).toContain('Demonstration data')
  })

  it('says that meaning is not compared while no model runs', async () => {
    const without = createApp({ ...market.ports, embedder: null })
    expect((await browser(market.visitor, 'zh-CN', without).get('/demands')).html).toContain('语义匹配暂时不能用，目前只按文字匹配')
    expect((await browser().get('/demands')).html).not.toContain('语义匹配暂时不能用')
  })

  it('shows what people write as text, never as markup', async () => {
    const { id } = await market.publish(enterprise, { title: '<script>alert(1)</script>渗碳', problem: '"><img src=x onerror=alert(2)>' })
    for (const path of ['/', '/demands', `/demands/${id}`, `/demands?q=${encodeURIComponent('"><b>渗碳</b>')}`]) {
      const { html } = await browser().get(path)
      expect(html, path).not.toMatch(/<script>alert|<img|<b>渗碳/)
    }
    expect((await browser().get(`/demands/${id}`)).html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;渗碳')
  })
})

describe('a list', () => {
  it('keeps words and facets in its address, counts each facet beside the others, and lets every one be taken away', async () => {
    await market.publish(enterprise, welding)
    await market.publish(enterprise, casting)
    const { html } = await browser().get('/demands?chain=equipment&mode=service')
    expect(html).toContain(welding.title)
    expect(html).not.toContain(casting.title)
    expect(html).toMatch(/<input type="checkbox" name="chain" value="equipment" checked=""\/>/)
    expect(html).toContain('href="/demands?mode=service"')
    expect(html).toContain('href="/demands?chain=equipment"')
  })

  it('goes on page by page and back to the first', async () => {
    for (let at = 0; at < 21; at++) await market.publish(enterprise, { title: `${casting.title}第${at}批` })
    const first = (await browser().get('/demands')).html
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&')
    expect(next).toBe('/demands?cursor=s20')
    const second = (await browser().get(next!)).html
    expect(second).toContain('回到第一页')
    expect(second).not.toContain('rel="next"')
    expect(first.match(/<article/g)).toHaveLength(20)
    expect(second.match(/<article/g)).toHaveLength(1)
  })

  it('says what to do when nothing fits: loosen the filters, or post the problem', async () => {
    await market.publish(enterprise, pitMud)
    const { html } = await browser().get(`/demands?q=${encodeURIComponent('量子纠缠')}&chain=energy`)
    expect(html).toContain('清除全部条件')
    expect(html).toContain(`href="/demands/new?title=${encodeURIComponent('量子纠缠')}"`)
  })
})

describe('a demand', () => {
  const draft = {
    title: '箱形梁焊接变形控制',
    problem: '箱形梁长12米，焊后旁弯超过8毫米，人工火焰校正每根要四小时。',
    budget: '30',
    deadlineOn: '2027-06-30',
  }

  it('is posted with four fields and shows its matches at once, before anybody else knows of it', async () => {
    await market.offer(institution, fixture)
    const own = browser(enterprise)
    const posted = await own.post('/demands/new', draft)
    expect(posted.status).toBe(303)
    const path = posted.header('location')!
    expect(path).toMatch(/^\/demands\/dem_/)
    const { html } = await own.get(path)
    expect(textOf(html)).toContain('30 万元以内')
    expect(html).toContain('2027年6月30日')
    expect(html).toContain('您要的')
    expect(html).toContain(fixture.title)
    expect(html).toContain('用反变形胎具配合对称焊接顺序控制焊接变形')
    expect((await browser().get(path)).status).toBe(404)
  })

  it('is posted with every character of a text as long as may be', async () => {
    const title = '𠮷'.repeat(120)
    const own = browser(enterprise)
    const { html } = await own.get(`/demands/new?title=${encodeURIComponent(title)}`)
    expect(html).toContain(`value="${title}"`)
    // A browser cuts at so many UTF-16 units, and a character may be two.
    expect(html).not.toContain('maxlength')
    const problem = '𠮷\n'.repeat(4_000).trim()
    const path = (await own.post('/demands/new', { ...draft, title, problem: problem.replaceAll('\n', '\r\n') })).header('location')!
    expect((await enterprise.get(`/api${path}`)).as(DemandView)).toMatchObject({ title, problem })
  })

  it('is sent to vetting by the button on its page', async () => {
    const own = browser(enterprise)
    const path = (await own.post('/demands/new', draft)).header('location')!
    expect((await own.get(path)).html).toContain(`action="${path}/publication-request"`)
    const sent = await own.post(`${path}/publication-request`, {})
    expect([sent.status, sent.header('location')]).toEqual([303, path])
    const { html } = await own.get(path)
    expect(html).toContain('审核中')
    expect(html).not.toContain('publication-request')
  })

  it('comes back filled in with each message at its field, when the form is refused', async () => {
    const refused = await browser(enterprise).post('/demands/new', { ...draft, title: '', budget: '三十', indicators: '旁弯≤3 mm' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('有 2 处需要修改')
    expect(refused.html).toMatch(/class="summary" role="alert" tabindex="-1" autofocus/)
    expect(refused.html).toMatch(
      /id="title-error">必填<\/p><input id="title" name="title" aria-describedby="title-hint title-error" aria-invalid="true"/,
    )
    expect(refused.html).toMatch(/id="budget-error">请填数字[^<]+<\/p><input id="budget"[^>]+value="三十"/)
    expect(refused.html).toContain(draft.problem)
    expect(refused.html).toContain('旁弯≤3 mm</textarea>')
    const twice = await browser(enterprise).post('/demands/new', { ...draft, title: '', deadlineOn: '2020-01-01' })
    expect(twice.html).toContain('有 2 处需要修改')
    expect(textOf(twice.html)).toContain('日期已过')
    const long = '气孔。'.repeat(10_000)
    const tooLong = await browser(enterprise).post('/demands/new', { ...draft, problem: long })
    expect([tooLong.status, tooLong.html.includes('最多 8000 个字'), tooLong.html.includes(long)]).toEqual([422, true, true])
    const late = await browser(enterprise, 'en').post('/demands/new', { ...draft, deadlineOn: '2020-01-01' })
    expect(late.status).toBe(422)
    expect(late.html).toContain('That day has passed')
    expect((await market.ports.database.query.selectFrom('demand').select('id').execute()).length).toBe(0)
  })

  it('is not posted by a form of another site, nor by somebody without a token', async () => {
    // What comes with a token comes from no other site's form: a browser sends none by itself. With a session: attacks-sessions.test.ts.
    expect((await browser().post('/demands/new', draft, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser().post('/demands/new', draft, {})).status).toBe(403)
    expect((await browser().post('/demands/new', draft)).status).toBe(401)
    expect((await browser().get('/demands/new')).html).toContain('发布需求，要先有企业身份')
  })

  it('under NDA tells a visitor neither its title nor its problem, on any page', async () => {
    const secret = { ...welding, visibility: 'nda', isAnonymous: true, teaser: '重型装备企业征集焊接工艺合作单位' } as const
    const { id } = await market.publish(enterprise, secret)
    const untold = await market.publish(enterprise, { ...casting, visibility: 'nda', teaser: null })
    const paths = ['/', '/demands', `/demands?q=${encodeURIComponent(welding.title)}`, `/search?q=${encodeURIComponent('焊接变形')}`]
    for (const path of [...paths, `/demands/${id}`, `/demands/${id}/matches`, `/enterprises/${enterprise.id}`, `/demands/${untold.id}`]) {
      const { html } = await browser().get(path)
      for (const told of [welding.title, '旁弯', '火焰校正', casting.title, '气孔', '罗采薇', '0990-6610233']) {
        // What the visitor himself asked for stands in his own search box.
        expect(
          html.replaceAll(/<input type="search"[^>]*>|<title>.*?<\/title>|<h1>.*?<\/h1>|href="[^"]*"/g, ''),
          `${path} ${told}`,
        ).not.toContain(told)
      }
    }
    const { html } = await browser().get(`/demands/${id}`)
    expect(html).toContain(secret.teaser)
    expect(html).toContain('匹配结果会透露需求内容')
    expect(html).not.toContain('众砺重工')
    expect((await browser().get(`/demands/${untold.id}`)).html).toContain('暂不公开内容的需求')
  })

  it('shows numbers to a broker, and words alone to everybody else', async () => {
    await market.offer(institution, fixture)
    const { id } = await market.publish(enterprise, welding)
    const broker = await market.broker({ name: '顾明远' })
    const asked = (await browser(broker).get(`/demands/${id}`)).html
    expect(asked).toMatch(/总分 0\.\d{3}/)
    expect(asked).toMatch(/<svg class="bar"[^>]+aria-label="用词：[\d.]+"/)
    for (const reader of [market.visitor, enterprise, institution]) {
      const { html } = await browser(reader).get(`/demands/${id}`)
      expect(html).toContain('这样排序的原因')
      expect(html).toContain('还不知道的事')
      expect(html).toContain('预算上限 30 万元，对方最低报价 25 万元')
      expect(html).not.toMatch(/总分|class="bar"|\d+(\.\d+)?\s?%\s?(匹配|match)/)
    }
  })
})

describe('what stands on the supply side', () => {
  it('never shows a figure without how it is backed', async () => {
    const { id } = await market.offer(institution, {
      ...fixture,
      advantages: [{ ...fixture.advantages[0]!, evidence: null, evidenceLevel: 'unstated' }],
    })
    expect(textOf((await browser().get(`/offerings/${id}`)).html)).toContain('2 自述')
  })

  it('says of a lead that its authors are not here, and under which licence its text stands', async () => {
    const { id } = await market.offer(market.operator, lead)
    await market.publish(enterprise, welding)
    const { html } = await browser().get(`/offerings/${id}`)
    expect(html).toContain('作者尚未入驻')
    expect(html).toContain('CC BY 4.0')
  })

  it('never names an expert who has not taken over the profile', async () => {
    const offering = await market.offer(institution, fixture)
    const affiliations = [{ institutionId: institution.id, department: '焊接研究所', post: '所长' }]
    const unclaimed = await market.expert({ name: '穆怀谦', field: '焊接变形控制', summary: '箱形梁焊接变形专家', affiliations })
    await market.evidence({ expertId: unclaimed.id, kind: 'result', role: 'lead', offeringId: offering.id })
    const { id } = await market.publish(enterprise, welding)
    const paths = [
      '/experts',
      `/experts/${unclaimed.id}`,
      `/offerings/${offering.id}`,
      `/institutions/${institution.id}`,
      `/demands/${id}`,
      `/demands/${id}/matches?kind=expert`,
      `/search?q=${encodeURIComponent('焊接变形')}`,
    ]
    for (const reader of [market.visitor, enterprise]) {
      for (const path of paths) {
        const { html, status } = await browser(reader).get(path)
        expect(status, path).toBe(200)
        expect(html, path).not.toMatch(/穆怀谦|焊接研究所|所长|箱形梁焊接变形专家/)
        expect(html, path).toContain('焊接变形控制方向专家')
      }
    }
    expect((await browser().get(`/experts/${unclaimed.id}`)).html).toContain('砺州理工大学')
  })
})

describe('a refusal', () => {
  it('is a page with what to do, the request id and a way on, in the language of the reader', async () => {
    const missing = await browser().get('/demands/dem_aaaaaaaaaaaaaaaaaaaa')
    expect(missing.status).toBe(404)
    expect(missing.html).toContain('没有找到')
    expect(missing.html).toContain(missing.header('x-request-id')!)
    expect(missing.html).toContain('href="/demands"')
    const unknown = await browser(market.visitor, 'en').get('/no-such-page')
    expect([unknown.status, textOf(unknown.html).includes('Not found')]).toEqual([404, true])
    expect((await browser().get('/demands?cursor=%00')).status).toBe(400)
    expect((await browser().get(`/demands?q=${'钢'.repeat(500)}`)).status).toBe(422)
  })
})
