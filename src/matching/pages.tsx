import { Hono } from 'hono'
import { FeedLinks, feedKinds } from '../market/parts/feed-links.tsx'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ChosenFacets, type Facet, Facets } from '../platform/web/parts/facets.tsx'
import type { Place } from '../platform/web/parts/header.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty, langOf } from '../platform/web/parts/text.tsx'
import { type View, viewOf, withQuery } from '../platform/web/view.ts'
import { listPaths } from './list-paths.ts'
import { Cards, foundOf } from './parts/cards.tsx'
import { listFacets } from './parts/list-facets.ts'
import { SearchBox } from './parts/search-box.tsx'
import { facetNames, SearchKind, type SearchResults, searchAsMeant } from './search.ts'

const places: Partial<Record<SearchKind, Place>> = {
  demand: 'demands',
  offering: 'offerings',
  expert: 'experts',
  institution: 'institutions',
}

const perPage = 20
const perKind = 4

/** Lists of every kind with words and facets, and one search over all of them. */
export function matchingPages() {
  const pages = new Hono<Env>()
  for (const kind of SearchKind.options) pages.get(listPaths[kind], (c) => listPage(c, kind))
  return pages.get('/search', searchPage)
}

const Query = z.object({
  q: z.string().trim().max(400).optional(),
  cursor: z.string().max(20).optional(),
  filters: z.partialRecord(z.enum(facetNames), z.array(z.string().max(60)).max(50)),
})

function queryOf(c: AppContext) {
  const filters = Object.fromEntries(facetNames.flatMap((name) => (c.req.queries(name) ? [[name, c.req.queries(name)]] : [])))
  return parseInput(Query, { q: c.req.query('q'), cursor: c.req.query('cursor'), filters })
}

async function listPage(c: AppContext, kind: SearchKind) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { q = '', cursor, filters } = queryOf(c)
  const { results, meant } = await searchAsMeant(ports, actor, { words: q, kind, filters, cursor: cursor ?? null, limit: perPage })
  const found = await foundOf(ports, actor, kind, results.items)
  const facets = listFacets(view, kind, results.facets, filters)
  const { listing } = view.words
  const path = listPaths[kind]
  const place = places[kind]
  const swap = { 'hx-get': path, 'hx-target': '#listing', 'hx-select': '#listing', 'hx-swap': 'outerMorph' }
  return answerPage(
    c,
    <Page
      view={view}
      title={listing.titles[kind]}
      {...(place && { at: place })}
      isDemonstration={results.items.some((item) => item.isDemonstration)}
      head={<FeedLinks view={view} kinds={feedKinds.filter((each) => each === kind)} />}
    >
      <h1>{listing.titles[kind]}</h1>
      <p class="lead">{listing.leads[kind]}</p>
      <form action={path} method="get" {...swap} hx-push-url="true">
        <SearchBox view={view} words={q} label={listing.words} live={swap} />
        <div id="listing" class="listing">
          <section class="results" aria-label={listing.results}>
            <ListHead view={view} kind={kind} words={q} results={results} hasFacets={facets.length > 0} />
            <Meant view={view} path={path} words={q} meant={meant} />
            <ChosenFacets view={view} facets={facets} clearPath={q === '' ? path : withQuery(path, { q })} />
            {results.items.length === 0 ? (
              <NothingFound view={view} kind={kind} words={q} facets={facets} />
            ) : (
              <Cards view={view} found={found} heading="h2" />
            )}
            <Pager view={view} next={results.next} />
          </section>
          {facets.length > 0 && <Facets view={view} facets={facets} openFirst={2} live={swap} />}
        </div>
      </form>
    </Page>,
  )
}

function ListHead({
  view,
  kind,
  words,
  results,
  hasFacets,
}: {
  view: View
  kind: SearchKind
  words: string
  results: SearchResults
  hasFacets: boolean
}) {
  const { listing, units } = view.words
  const count = results.counts[kind] ?? 0
  const isByMeaning = words !== '' && results.engine.mode === 'hybrid' && results.items.length > 0
  return (
    <div class="list-head">
      <p role="status">
        <strong>{(isByMeaning ? listing.mentioning : listing.total)(units.count(count), kind)}</strong>{' '}
        <span class="quiet">{words === '' ? listing.newestFirst : listing.byRelevance}</span>
      </p>
      {hasFacets && (
        <a class="button plain to-filters" href="#filters">
          {listing.toFilters}
        </a>
      )}
    </div>
  )
}

/** Says what to do next: loosen the filters, or post the problem. */
function NothingFound({ view, kind, words, facets }: { view: View; kind: SearchKind; words: string; facets: readonly Facet[] }) {
  const { listing, search } = view.words
  const isFiltered = facets.some(({ values }) => values.some(({ isChosen }) => isChosen))
  return (
    <Empty
      title={listing.emptyTitle}
      text={isFiltered ? listing.emptyFilters : kind === 'demand' ? listing.emptyDemand : listing.emptyOther}
    >
      {isFiltered && (
        <ButtonLink tone="plain" href={words === '' ? listPaths[kind] : withQuery(listPaths[kind], { q: words })}>
          {listing.clear}
        </ButtonLink>
      )}
      <PostLink words={words} label={search.post} />
    </Empty>
  )
}

/** Says by which words it was looked instead of the letters that somebody wrote, and what else they may stand for. */
function Meant({ view, path, words, meant: [first, ...others] }: { view: View; path: string; words: string; meant: readonly string[] }) {
  if (first === undefined) return null
  const { meant } = view.words.search
  const link = (each: string) => (
    <a href={withQuery(path, { q: each })} lang={langOf(each, view.locale)}>
      {each}
    </a>
  )
  return (
    <p class="notice" role="status">
      {meant.shown(words)}
      {link(first)}
      {others.length > 0 && (
        <>
          <br />
          {meant.others}
          {others.flatMap((each) => [' ', link(each)])}
        </>
      )}
    </p>
  )
}

function PostLink({ words, label }: { words: string; label: string }) {
  return <ButtonLink href={withQuery('/demands/new', words === '' ? {} : { title: words })}>{label}</ButtonLink>
}

/** One box over all kinds: the best few of each, and the way to all of them. */
async function searchPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { q = '' } = queryOf(c)
  const { search, units } = view.words
  const groups = await Promise.all(
    SearchKind.options.map(async (kind) => {
      const { results, meant } = await searchAsMeant(ports, actor, { words: q, kind, filters: {}, cursor: null, limit: perKind })
      return { kind, results, meant, found: await foundOf(ports, actor, kind, results.items) }
    }),
  )
  const shown = groups.filter(({ results }) => results.items.length > 0)
  return answerPage(
    c,
    <Page
      view={view}
      title={q === '' ? search.title : search.found(q)}
      isDemonstration={shown.some(({ results }) => results.items.some((item) => item.isDemonstration))}
    >
      <h1>{q === '' ? search.title : search.found(q)}</h1>
      <search>
        <form action="/search" method="get">
          <SearchBox view={view} words={q} label={search.box} />
        </form>
      </search>
      <Meant view={view} path="/search" words={q} meant={groups[0]?.meant ?? []} />
      {shown.length === 0 && (
        <Empty title={search.none} text={search.noneAdvice}>
          <PostLink words={q} label={search.post} />
        </Empty>
      )}
      {shown.map(({ kind, results, found }) => (
        <section id={kind}>
          <div class="section-head">
            <h2>{search.kinds[kind]}</h2>
            <a href={withQuery(listPaths[kind], q === '' ? {} : { q })}>
              {(results.counts[kind] ?? 0) === 0 ? search.near : search.more(units.count(results.counts[kind] ?? 0))}
              <span class="unseen"> {search.kinds[kind]}</span>
            </a>
          </div>
          <Cards view={view} found={found} heading="h3" />
        </section>
      ))}
    </Page>,
  )
}
