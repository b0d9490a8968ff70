import { z } from '../platform/schema.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { adviceForDemand, adviceForSupply } from './actions/advice.ts'
import { analyseWritten } from './actions/analysis.ts'
import { contrastBetween } from './actions/contrast.ts'
import { exclusionOf, exclusionsFor } from './actions/exclusions.ts'
import { matchDemandsOfExpert, matchDemandsOfOffering } from './actions/match-demands.ts'
import { matchExperts } from './actions/match-experts.ts'
import { matchInstitutions } from './actions/match-institutions.ts'
import { matchOfferings } from './actions/match-offerings.ts'
import { Recommendations, recommend } from './actions/recommend.ts'
import { listedFor, readList } from './actions/shown-lists.ts'
import { Advice } from './advice/tip.ts'
import { DemandAnalysis, DemandAnalysisRequest } from './analysis.ts'
import { Contrast } from './contrast.ts'
import { Exclusions, LeftOutSubject } from './exclusions/told.ts'
import { MatchList, ReproducedList } from './lists/match-list.ts'
import { Matches } from './match.ts'
import type { MatchPage } from './ranking.ts'
import { facetNames, SearchKind, SearchResults, searchListings } from './search.ts'

const tag = 'Matching'
const matchers = { offering: matchOfferings, expert: matchExperts, institution: matchInstitutions }
const page = { cursor: z.string().max(20).optional(), limit: z.coerce.number().int().min(1).max(50).optional() }
const pageOf = ({ cursor, limit }: { cursor?: string | undefined; limit?: number | undefined }): MatchPage => ({
  cursor: cursor ?? null,
  limit: limit ?? 10,
})

/** One value, or several of a repeated parameter. */
const values = z
  .union([z.string().max(60), z.array(z.string().max(60)).max(50)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .optional()

export function matchingApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/matches',
      summary: 'Offerings, experts or whole institutions for a demand, ranked and explained',
      tag,
      query: z.object({ ...page, kind: z.enum(['offering', 'expert', 'institution']).optional() }),
      returns: [200, Matches],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now', 'bad-cursor'],
    },
    ({ ports, actor, params, query }) => matchers[query.kind ?? 'offering'](ports, actor, params.id!, pageOf(query)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/demand-drafts/analysis',
      summary: 'Look ahead for a demand that is being written; nothing is stored',
      tag,
      body: DemandAnalysisRequest,
      returns: [200, DemandAnalysis],
      problems: ['not-permitted', 'not-signed-in'],
    },
    ({ ports, actor, body }) => analyseWritten(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/exclusions',
      summary: 'Near offerings or experts that are not proposed for a demand, and why, as far as the reader may know',
      tag,
      query: z.object({ ...page, kind: z.enum(['offering', 'expert']).optional() }),
      returns: [200, Exclusions],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now', 'bad-cursor'],
    },
    ({ ports, actor, params, query }) => exclusionsFor(ports, actor, params.id!, query.kind ?? 'offering', pageOf(query)),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/exclusions/{supplyId}',
      summary: 'Why one offering or expert is not among the matches of a demand',
      tag,
      returns: [200, LeftOutSubject],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now'],
    },
    ({ ports, actor, params }) => exclusionOf(ports, actor, params.id!, params.supplyId!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/contrast/{above}/{below}',
      summary: 'Why one match of a demand stands above another',
      tag,
      returns: [200, Contrast],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now'],
    },
    ({ ports, actor, params }) => contrastBetween(ports, actor, params.id!, params.above!, params.below!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/advice',
      summary: 'What the demand’s side could change, and which result that lifts to which place',
      tag,
      returns: [200, Advice],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now'],
    },
    ({ ports, actor, params }) => adviceForDemand(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/advice/{supplyId}',
      summary: 'What an owner or an expert could change for a demand, and the place that it brings',
      tag,
      returns: [200, Advice],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'not-allowed-now'],
    },
    ({ ports, actor, params }) => adviceForSupply(ports, actor, params.id!, params.supplyId!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/match-lists/{id}',
      summary: 'A page of matches as it was shown, by the id that came with it, and what the same question gives today',
      tag,
      returns: [200, ReproducedList],
      problems: ['not-found', 'not-permitted', 'not-signed-in'],
    },
    ({ ports, actor, params }) => readList(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/match-lists/about/{askedId}',
      summary: 'What was shown about a demand, an offering or an expert, the last first',
      tag,
      returns: [200, z.object({ items: z.array(MatchList) })],
      problems: ['not-found', 'not-permitted', 'not-signed-in'],
    },
    ({ ports, actor, params }) => listedFor(ports, actor, params.askedId!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/experts/{id}/matches',
      summary: 'Demands that fit an expert',
      tag,
      query: z.object(page),
      returns: [200, Matches],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'bad-cursor'],
    },
    ({ ports, actor, params, query }) => matchDemandsOfExpert(ports, actor, params.id!, pageOf(query)),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/offerings/{id}/matches',
      summary: 'Demands that want an offering',
      tag,
      query: z.object(page),
      returns: [200, Matches],
      problems: ['not-found', 'not-permitted', 'not-signed-in', 'bad-cursor'],
    },
    ({ ports, actor, params, query }) => matchDemandsOfOffering(ports, actor, params.id!, pageOf(query)),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/recommendations',
      summary: 'What the signed-in actor should look at next',
      tag,
      query: z.object({ limit: page.limit }),
      returns: [200, Recommendations],
      problems: ['not-signed-in', 'not-permitted'],
    },
    ({ ports, actor, query }) => recommend(ports, actor, query.limit ?? 10),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/search',
      summary: 'Search one kind of listing, with facets',
      tag,
      query: z.object({
        q: z.string().max(400).optional(),
        kind: SearchKind.optional(),
        ...page,
        ...(Object.fromEntries(facetNames.filter((name) => name !== 'kind').map((name) => [name, values])) as Record<
          Exclude<(typeof facetNames)[number], 'kind'>,
          typeof values
        >),
      }),
      returns: [200, SearchResults],
      problems: ['bad-cursor'],
    },
    ({ ports, actor, query: { q, kind, cursor, limit, ...filters } }) =>
      searchListings(ports, actor, { words: q ?? '', kind: kind ?? 'demand', filters, cursor: cursor ?? null, limit: limit ?? 20 }),
  )
  return api
}
