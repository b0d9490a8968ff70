import { Hono } from 'hono'
import { visitor } from '../../accounts/actor.ts'
import type { DemandView } from '../../demands/demand.ts'
import { demandTitle } from '../../demands/demand-card.tsx'
import { listPaths } from '../../matching/list-paths.ts'
import { type Found, foundOf } from '../../matching/parts/cards.tsx'
import { searchListings } from '../../matching/search.ts'
import type { OfferingView } from '../../offerings/offering.ts'
import { priceName } from '../../offerings/offering-card.tsx'
import { addressOf } from '../../platform/ports.ts'
import type { AppContext, Env } from '../../platform/web/context.ts'
import { type FeedEntry, type FeedFormat, feedFormats } from '../../platform/web/feed.ts'
import { amountBetween, codeNames, mainCodes } from '../../platform/web/parts/labels.ts'
import { type View, viewOf } from '../../platform/web/view.ts'
import { type FeedKind, feedKinds, feedPath } from './feed-links.tsx'

const listed = 50

/** The newest listings as feeds. Whoever asks is told what a visitor is: a feed reader keeps and passes on what it reads. */
export function feedPages() {
  const pages = new Hono<Env>()
  for (const kind of feedKinds)
    for (const format of Object.keys(feedFormats) as FeedFormat[]) pages.get(feedPath(kind, format), (c) => feed(c, kind, format))
  return pages
}

async function feed(c: AppContext, kind: FeedKind, format: FeedFormat) {
  const { ports } = c.var
  const view = { ...viewOf(c), actor: visitor }
  const { listing, shell } = view.words
  const addressIn = (path: string) => addressOf(ports, `${path}?lang=${view.locale}`)
  const { items } = await searchListings(ports, visitor, { words: '', kind, filters: {}, cursor: null, limit: listed })
  const found = await foundOf(ports, visitor, kind, items)
  const entries = entriesOf(view, found).map(({ noun, ...told }) => ({
    ...told,
    address: addressOf(ports, `${listPaths[kind]}/${noun.id}`),
    publishedAt: noun.publishedAt ?? noun.createdAt,
    updatedAt: noun.updatedAt,
  }))
  const [updatedAt = ports.now()] = entries
    .map((entry) => entry.updatedAt)
    .sort()
    .reverse()
  const { type, write } = feedFormats[format]
  const written = write({
    title: `${listing.titles[kind]} · ${shell.product}${view.locale === 'en' ? ' ' : ''}${shell.market}`,
    description: items.some((item) => item.isDemonstration)
      ? `${listing.leads[kind]} ${shell.demonstration} ${shell.demonstrationNote}`
      : listing.leads[kind],
    language: view.locale,
    address: addressIn(feedPath(kind, format)),
    pageAddress: addressOf(ports, listPaths[kind]),
    updatedAt,
    entries,
  })
  return c.body(written, 200, { 'content-type': `${type}; charset=utf-8` })
}

type Told = Pick<FeedEntry, 'title' | 'summary'>

function entriesOf(view: View, found: Found): (Told & { noun: DemandView | OfferingView })[] {
  if (found.kind === 'demand') return found.nouns.map((noun) => ({ noun, ...ofDemand(view, noun) }))
  return found.kind === 'offering' ? found.nouns.map((noun) => ({ noun, ...ofOffering(view, noun) })) : []
}

function ofDemand(view: View, demand: DemandView): Told {
  const { words } = view
  const budget = amountBetween(demand.budgetMinFen, demand.budgetMaxFen, words)
  const facts = [
    mainCodes(demand.classification, view),
    demand.region && codeNames([demand.region], view),
    budget && words.demand.budget + words.units.colon + budget,
    demand.deadlineOn && words.demand.deadline + words.units.colon + words.units.day(demand.deadlineOn),
  ]
  return { title: demandTitle(demand, view), summary: summaryOf(demand.problem ?? demand.teaser, facts) }
}

function ofOffering(view: View, offering: OfferingView): Told {
  const facts = [
    mainCodes(offering.classification, view),
    offering.region && codeNames([offering.region], view),
    offering.price && priceName(offering.price, view),
  ]
  return { title: offering.title, summary: summaryOf(offering.teaser ?? offering.problemSolved ?? offering.abstract, facts) }
}

function summaryOf(text: string | null, facts: readonly (string | null)[]): string {
  const known = facts.filter((fact) => fact !== null && fact !== '')
  return [text, known.join(' · ')].filter((line) => line !== null && line !== '').join('\n')
}
