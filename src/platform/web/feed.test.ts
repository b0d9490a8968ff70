import { parseFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { feedFormats } from './feed.ts'

const at = '2026-11-21T00:00:00.000Z'
const feed = (title: string, summary = title) => ({
  title: '难题需求',
  description: '企业正在找人解决的技术难题。',
  language: 'zh-CN',
  address: 'https://market.example/feeds/demands.rss?lang=zh-CN',
  pageAddress: 'https://market.example/demands',
  updatedAt: at,
  entries: [{ title, address: 'https://market.example/demands/dem_a', summary, publishedAt: at, updatedAt: at }],
})

describe.each(['rss', 'atom'] as const)('a feed as %s', (format) => {
  it('keeps what somebody wrote as text, whatever it looks like', () => {
    const written = feedFormats[format].write(feed('气孔率 < 1 % & ]]> </title><script>alert(1)</script>'))
    const { feed: read } = parseFeed(written)
    const [entry] = ('items' in read ? read.items : 'entries' in read ? read.entries : undefined) ?? []
    const title = typeof entry?.title === 'object' ? entry.title.value : entry?.title
    expect(title).toBe('气孔率 < 1 % & ]]> </title><script>alert(1)</script>')
  })

  it('leaves out what no XML may hold, and keeps rare characters whole', () => {
    const written = feedFormats[format].write(feed('变\u0001形\u000b\ufffe𬭩\ud800'))
    expect(written).toContain('变形𬭩')
    for (const forbidden of ['\u0001', '\u000b', '\ufffe']) expect(written).not.toContain(forbidden)
  })
})

it('RSS, which readers take for HTML, has what looks like a tag escaped twice', () => {
  const written = feedFormats.rss.write(feed('变形', '<img src=x onerror=alert(1)>\n第二段'))
  expect(written).toContain('<![CDATA[<p>&lt;img src=x onerror=alert(1)&gt;</p><p>第二段</p>]]>')
})
