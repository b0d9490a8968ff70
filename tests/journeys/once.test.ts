import { beforeEach, describe, expect, it } from 'vitest'
import { DemandView } from '../../src/demands/demand.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { openBrowser, origin } from './browser.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** Forms that are sent twice. */

let market: Market
let enterprise: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
})
const own = openBrowser((url, request) => market.app.request(url, request))
const headers = ({ secret }: Client) => ({ origin, cookie: 'lang=zh-CN', authorization: `Bearer ${secret}` })
const onceIn = (html: string) => /name="once" value="(slt_\w+)"/.exec(html)![1]!
const demands = async () => (await enterprise.get(`/api/demands?enterpriseId=${enterprise.id}`)).as(pageOf(DemandView)).items

describe('a form that makes something', () => {
  it('makes it once, however often it is sent, and leads to it each time', async () => {
    const once = onceIn((await own.get('/demands/new', headers(enterprise))).html)
    const send = () => own.post('/demands/new', { once, title: '箱形梁焊后旁弯控制' }, headers(enterprise))
    const [first, second] = await Promise.all([send(), send()])
    const third = await send()
    expect([first, second, third].map(({ status }) => status)).toEqual([303, 303, 303])
    expect(new Set([first, second, third].map(({ location }) => location)).size).toBe(1)
    expect(await demands()).toHaveLength(1)
  })

  it('may be sent again after it was refused', async () => {
    const once = onceIn((await own.get('/demands/new', headers(enterprise))).html)
    const send = (title: string) => own.post('/demands/new', { once, title }, headers(enterprise))
    expect((await send('梁')).status).toBe(422)
    expect((await send('箱形梁焊后旁弯控制')).status).toBe(303)
    expect(await demands()).toHaveLength(1)
  })

  it('is another one when it is fetched again, and somebody else’s says nothing', async () => {
    const fetched = async (client: Client) => onceIn((await own.get('/demands/new', headers(client))).html)
    const other = await market.enterprise({ name: '镜元光学有限公司' })
    const once = await fetched(enterprise)
    const send = (client: Client, number: string) =>
      own.post('/demands/new', { once: number, title: '箱形梁焊后旁弯控制' }, headers(client))
    await send(enterprise, once)
    await send(enterprise, await fetched(enterprise))
    expect(await demands()).toHaveLength(2)
    expect((await send(other, once)).status).toBe(303)
    expect(await demands()).toHaveLength(2)
  })
})
