import { Hono } from 'hono'
import { listPaths } from '../matching/list-paths.ts'
import { type MarketOverview, overview } from '../matching/overview.ts'
import { Cards, type Found, foundOf } from '../matching/parts/cards.tsx'
import { SearchBox } from '../matching/parts/search-box.tsx'
import { SearchKind } from '../matching/search.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { nameIn } from '../platform/web/parts/labels.ts'
import { Section } from '../platform/web/parts/text.tsx'
import { type View, viewOf, withQuery } from '../platform/web/view.ts'
import { FeedLinks, feedKinds } from './parts/feed-links.tsx'

const latest = 6

/** The front page. */
export function marketPages() {
  return new Hono<Env>().get('/', async (c: AppContext) => {
    const { ports, actor } = c.var
    const market = await overview(ports, actor, latest)
    const demands = await foundOf(ports, actor, 'demand', market.latest.demands)
    const offerings = await foundOf(ports, actor, 'offering', market.latest.offerings)
    return answerPage(c, <HomePage {...{ view: viewOf(c), market, demands, offerings }} />)
  })
}

function HomePage({ view, market, demands, offerings }: { view: View; market: MarketOverview; demands: Found; offerings: Found }) {
  const { words } = view
  const isDemonstration = [...market.latest.demands, ...market.latest.offerings].some((item) => item.isDemonstration)
  return (
    <Page
      view={view}
      title={words.shell.nav.home}
      at="home"
      isDemonstration={isDemonstration}
      head={<FeedLinks view={view} kinds={feedKinds} />}
    >
      <section class="hero">
        <p class="quiet">{view.locale === 'en' ? market.nameEn : market.name}</p>
        <h1>{words.market.headline}</h1>
        <p class="lead">{words.market.lead}</p>
        <search>
          <form action="/search" method="get">
            <SearchBox view={view} words="" label={words.search.box} />
          </form>
        </search>
        <Counts view={view} market={market} />
      </section>
      <LatestSection view={view} title={words.market.latestDemands} found={demands} path="/demands" all={words.market.all.demand} />
      <LatestSection view={view} title={words.market.latestOfferings} found={offerings} path="/offerings" all={words.market.all.offering} />
      <div class="halves">
        {market.mostWanted.length > 0 && <MostWanted view={view} market={market} />}
        <Section title={words.market.about}>
          <dl class="pains">
            {words.market.pains.map(({ pain, answer }) => (
              <div>
                <dt>{pain}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Page>
  )
}

function Counts({ view, market }: { view: View; market: MarketOverview }) {
  const { words } = view
  const leads = market.facets.offering.form?.lead ?? 0
  // Leads are papers whose authors are not here: they are counted for what they are.
  const counts = SearchKind.options.flatMap((kind) => {
    const count = market.counts[kind] ?? 0
    if (kind !== 'offering' || leads === 0) return [{ path: listPaths[kind], count, name: words.search.kinds[kind] }]
    return [
      { path: withQuery(listPaths.offering, { form: 'result' }), count: count - leads, name: words.search.kinds.offering },
      { path: withQuery(listPaths.offering, { form: 'lead' }), count: leads, name: words.offering.kinds.lead },
    ]
  })
  return (
    <ul class="counts" aria-label={words.market.counts}>
      {counts.map(({ path, count, name }) => (
        <li>
          <a href={path}>
            <strong>{words.units.count(count)}</strong> <span>{name}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function LatestSection({ view, title, found, path, all }: { view: View; title: string; found: Found; path: string; all: string }) {
  if (found.nouns.length === 0) return null
  return (
    <section>
      <div class="section-head">
        <h2>{title}</h2>
        <a href={path}>{all}</a>
      </div>
      <Cards view={view} found={found} heading="h3" />
    </section>
  )
}

/** Industries with the most open demands against the offerings there are; each number opens its list. */
function MostWanted({ view, market }: { view: View; market: MarketOverview }) {
  const { words } = view
  return (
    <Section title={words.market.mostWanted}>
      <table>
        <caption>{words.market.mostWantedNote}</caption>
        <thead>
          <tr>
            <th scope="col">{words.market.industry}</th>
            <th scope="col" class="number">
              {words.market.demands}
            </th>
            <th scope="col" class="number">
              {words.market.offerings}
            </th>
          </tr>
        </thead>
        <tbody>
          {market.mostWanted.map(({ industry, demands, offerings }) => {
            const name = nameIn(['gbt4754'], industry, view)
            return (
              <tr>
                <th scope="row">{name}</th>
                <td class="number">
                  <a href={withQuery('/demands', { industry })} aria-label={`${name} ${words.market.demands} ${demands}`}>
                    {words.units.count(demands)}
                  </a>
                </td>
                <td class="number">
                  <a href={withQuery('/offerings', { industry })} aria-label={`${name} ${words.market.offerings} ${offerings}`}>
                    {words.units.count(offerings)}
                  </a>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}
