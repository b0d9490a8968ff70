import { generateAtomFeed, generateRssFeed } from 'feedsmith'
import { escaped, storableInXml } from './xml.ts'

/** What a feed reader is told, whichever format it asks for. Addresses are whole ones. */
export interface Feed {
  title: string
  description: string
  language: string
  /** Where the feed itself is, and the page that lists the same. */
  address: string
  pageAddress: string
  /** When the latest entry changed; of a feed without any, when it was asked for. */
  updatedAt: string
  entries: readonly FeedEntry[]
}
export interface FeedEntry {
  title: string
  address: string
  /** Plain text, a paragraph a line. */
  summary: string
  publishedAt: string
  updatedAt: string
}

export const feedFormats = {
  rss: { type: 'application/rss+xml', write: rssOf },
  atom: { type: 'application/atom+xml', write: atomOf },
} as const
export type FeedFormat = keyof typeof feedFormats

function rssOf(feed: Feed): string {
  return generateRssFeed({
    title: storableInXml(feed.title),
    description: storableInXml(feed.description),
    link: feed.pageAddress,
    language: feed.language,
    lastBuildDate: new Date(feed.updatedAt),
    atom: { links: [{ href: feed.address, rel: 'self', type: feedFormats.rss.type }] },
    items: feed.entries.map(({ title, address, summary, publishedAt }) => ({
      title: storableInXml(title),
      link: address,
      guid: { value: address, isPermaLink: true },
      pubDate: new Date(publishedAt),
      description: asHtml(summary),
    })),
  })
}

function atomOf(feed: Feed): string {
  return generateAtomFeed({
    id: feed.address,
    title: { value: storableInXml(feed.title) },
    subtitle: { value: storableInXml(feed.description) },
    updated: new Date(feed.updatedAt),
    links: [
      { href: feed.address, rel: 'self', type: feedFormats.atom.type },
      { href: feed.pageAddress, rel: 'alternate', type: 'text/html' },
    ],
    authors: [{ name: storableInXml(feed.title) }],
    entries: feed.entries.map(({ title, address, summary, publishedAt, updatedAt }) => ({
      id: address,
      title: { value: storableInXml(title) },
      links: [{ href: address, rel: 'alternate', type: 'text/html' }],
      published: new Date(publishedAt),
      updated: new Date(updatedAt),
      summary: { value: storableInXml(summary) },
    })),
  })
}

/** Readers of RSS take a description for HTML: what somebody wrote must not become a tag there. */
function asHtml(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
}
