import { beforeAll, describe, expect, it } from 'vitest'
import { casting, fixture, welding } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** Words written as pinyin, by initials, or in traditional characters. */

let market: Market
let owner: Client
beforeAll(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司' })
  const institution = await market.institution({ name: '砺州理工大学' })
  await market.publish(owner, welding)
  await market.publish(owner, {
    ...casting,
    title: '窖池泥板结',
    problem: '窖池泥三年后板结',
    teaser: '耐磨密封材料',
    visibility: 'nda',
    keywords: [],
    indicators: [],
  })
  await market.publish(owner, { ...casting, title: '绿茶揉捻断碎', problem: '断碎率偏高', isAnonymous: true, keywords: [], indicators: [] })
  await market.draft(owner, casting)
  await market.offer(institution, { ...fixture, title: '柔性夹具与焊接变形补偿' })
})

const page = async (path: string, reader = market.visitor, locale = 'zh-CN') =>
  (await reader.get(path, { accept: 'text/html', 'accept-language': locale })).text
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, '')

describe.each(['/demands', '/search'])('at %s', (path) => {
  it.each(['hanjiebianxing', 'hjbx', 'HJBX', 'han jie bian xing'])('%s finds 焊接变形, and says so', async (words) => {
    const html = await page(`${path}?q=${encodeURIComponent(words)}`)
    expect(textOf(html)).toContain(`没有找到“${words}”，已按拼音改为查找：焊接变形`)
    expect(html).toContain(`href="${path}?q=${encodeURIComponent('焊接变形')}"`)
    expect(html).toContain(welding.title)
    expect(await page(`${path}?q=${encodeURIComponent(words)}`, market.visitor, 'en')).toContain('Read as pinyin')
  })

  it('finds simplified characters by traditional ones', async () => {
    expect(await page(`${path}?q=${encodeURIComponent('焊接變形')}`)).toContain(welding.title)
  })

  it('guesses no word of what is hidden or not published, whoever asks', async () => {
    for (const reader of [market.visitor, owner, market.operator])
      for (const [words, secret] of [
        ['jcnbj', '窖池泥板结'],
        ['jiaochini', '窖池泥'],
        ['lvcharounian', '绿茶揉捻'],
        ['lcrn', '绿茶揉捻'],
        ['lhjyzj', '铝合金压铸件'],
      ] as const) {
        const html = await page(`${path}?q=${words}`, reader)
        expect(textOf(html), `${words} ${reader.role}`).not.toContain('已按拼音')
        expect(html, words).not.toContain(`>${secret}<`)
      }
  })

  it('lets letters be what they are where something mentions them, and offers to post what is not found', async () => {
    const { id } = await market.publish(owner, {
      ...welding,
      title: 'HJBX 型夹具磨损',
      problem: '夹具磨损快',
      keywords: [],
      indicators: [],
    })
    const html = await page(`${path}?q=hjbx`)
    expect(textOf(html)).not.toContain('已按拼音')
    expect(html).toContain('HJBX 型夹具磨损')
    await owner.post(`/api/demands/${id}/withdrawal`)
    expect(textOf(await page(`${path}?q=hjbx`))).toContain('已按拼音改为查找：焊接变形')
    expect(await page(`${path}?q=zzzzqqqq`)).toContain('href="/demands/new?title=zzzzqqqq"')
  })
})

it('forgets a word with the listing that it stood in', async () => {
  const own = await openMarket()
  const writer = await own.enterprise({ name: '北塬机械有限公司' })
  const { id } = await own.publish(writer, welding)
  const guessed = async () => (await own.visitor.get('/demands?q=hjbx', { accept: 'text/html', 'accept-language': 'zh-CN' })).text
  expect(await guessed()).toContain('已按拼音')
  await writer.post(`/api/demands/${id}/withdrawal`)
  expect(await guessed()).not.toContain('已按拼音')
})
