import type { Actor } from '../accounts/actor.ts'
import { demandView } from '../demands/actions.ts'
import { demands } from '../demands/store.ts'
import { expertView } from '../directory/actions.ts'
import { enterprises, experts, institutions } from '../directory/store.ts'
import { offeringView } from '../offerings/actions.ts'
import { offerings } from '../offerings/store.ts'
import { Code } from '../platform/codes/codes.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { Filters } from '../platform/search/search-index.ts'
import { meantBy } from './actions/suggest-words.ts'
import { catchUp } from './catch-up.ts'
import { Engine } from './match.ts'
import { queryVector } from './query-vector.ts'
import { engineOf } from './ranking.ts'
import { expertTitle, tierOf } from './reader.ts'

/** What can be looked for. */
export const SearchKind = z.enum(['demand', 'offering', 'expert', 'institution', 'enterprise'])
export type SearchKind = z.infer<typeof SearchKind>

/** Facets of a search: the names of the index's filters that readers may choose by. */
export const facetNames = ['chain', 'industry', 'region', 'readiness', 'mode', 'stage', 'form', 'discipline', 'kind'] as const
export type FacetName = (typeof facetNames)[number]

export const SearchItem = z
  .object({
    kind: SearchKind,
    id: z.string(),
    title: z.string(),
    /** The first words that the reader may see. */
    summary: z.string().nullable(),
    region: Code.nullable(),
    classification: z.array(Code),
    publishedAt: z.string().nullable(),
    isDemonstration: z.boolean(),
  })
  .openapi('SearchItem')
export type SearchItem = z.infer<typeof SearchItem>

export const SearchResults = z
  .object({
    items: z.array(SearchItem),
    /** How many of each kind fit the words and the facets. */
    counts: z.record(SearchKind, z.number().int()),
    /** Name → code → number, each respecting the other facets. */
    facets: z.record(z.string(), z.record(z.string(), z.number().int())),
    next: z.string().nullable(),
    engine: Engine,
  })
  .openapi('SearchResults')
export type SearchResults = z.infer<typeof SearchResults>

export interface Searching {
  words: string
  kind: SearchKind
  filters: Partial<Record<FacetName, string[]>>
  cursor: string | null
  limit: number
}

/** How deep a search can be paged: nobody reads further, and a better question helps more. */
const deepest = 1000

/** Words over one kind of listing, with facets; without words the newest first. Only texts that the reader's tier may see are searched. */
export async function searchListings(ports: Ports, actor: Actor, searching: Searching): Promise<SearchResults> {
  await catchUp(ports)
  const words = searching.words.trim()
  const vector = words === '' ? null : await queryVector(ports, words, false)
  const start = searching.cursor === null ? 0 : offset(searching.cursor)
  const tier = tierOf(actor)
  const filters: Filters = Object.fromEntries(
    Object.entries(searching.filters).filter(([, values]) => values !== undefined && values.length > 0),
  )
  const question = { tier, text: words === '' ? null : words, vector: null, filters, recall: deepest }
  const found = await ports.search.search({ ...question, kinds: [searching.kind], vector, facets: [...facetNames] })
  const others = await Promise.all(
    SearchKind.options.map(async (kind): Promise<[SearchKind, number]> => {
      if (kind === searching.kind) return [kind, found.count]
      return [kind, (await ports.search.search({ ...question, kinds: [kind], recall: 1 })).count]
    }),
  )
  // With words, the neighbours by meaning alone come after; a list that never ends helps nobody.
  const hits = words === '' ? found.hits : found.hits.filter(({ bm25, cosine }) => bm25 > 0 || (cosine ?? 0) > 0.5)
  const ordered = hits.map(({ id }) => id)
  const end = start + searching.limit
  return {
    items: await itemsOf(ports, actor, searching.kind, ordered.slice(start, end)),
    counts: Object.fromEntries(others) as Record<SearchKind, number>,
    facets: found.facets,
    next: end < ordered.length ? `s${end}` : null,
    engine: engineOf(ports, vector === null ? 'text' : 'hybrid', found),
  }
}

/** The same; where nothing has the words and they may be pinyin, what was probably meant is looked for. `meant` has the best guess first. */
export async function searchAsMeant(
  ports: Ports,
  actor: Actor,
  searching: Searching,
): Promise<{ results: SearchResults; meant: string[] }> {
  const results = await searchListings(ports, actor, searching)
  if (Object.values(results.counts).some((count) => count > 0)) return { results, meant: [] }
  const meant = await meantBy(ports, searching.words)
  const [words] = meant
  return words === undefined ? { results, meant } : { results: await searchListings(ports, actor, { ...searching, words }), meant }
}

/** Rows → what a list shows, in the order of the ids, as this reader may see them. */
export async function itemsOf(ports: Ports, actor: Actor, kind: SearchKind, ids: readonly string[]): Promise<SearchItem[]> {
  const { database } = ports
  const common = (noun: { id: string; originId: string | null; classification: Code[]; region: Code | null }) => ({
    kind,
    id: noun.id,
    classification: noun.classification,
    region: noun.region,
    isDemonstration: noun.originId?.startsWith('demo/') ?? false,
  })
  const items: Record<SearchKind, () => Promise<SearchItem[]>> = {
    demand: async () =>
      (await demands.findMany(database, ids)).map((demand) => {
        const view = demandView(actor, demand)
        return {
          ...common({ ...view, originId: demand.originId }),
          title: view.title,
          summary: excerpt(view.problem ?? view.teaser),
          publishedAt: view.publishedAt,
        }
      }),
    offering: async () =>
      (await offerings.findMany(database, ids)).map((offering) => {
        const view = offeringView(actor, offering)
        return {
          ...common(view),
          title: view.title,
          summary: excerpt(view.teaser ?? view.problemSolved ?? view.abstract),
          publishedAt: view.publishedAt,
        }
      }),
    expert: async () =>
      (await experts.findMany(database, ids)).map((expert) => {
        const view = expertView(actor, expert)
        return {
          ...common({ ...view, originId: expert.originId }),
          title: expertTitle(view),
          summary: excerpt(view.summary),
          publishedAt: null,
        }
      }),
    institution: async () =>
      (await institutions.findMany(database, ids)).map((row) => ({
        ...common(row),
        title: row.name,
        summary: excerpt(row.summary),
        publishedAt: null,
      })),
    enterprise: async () =>
      (await enterprises.findMany(database, ids)).map((row) => ({
        ...common(row),
        title: row.name,
        summary: excerpt(row.summary),
        publishedAt: null,
      })),
  }
  return items[kind]()
}

function excerpt(text: string | null): string | null {
  if (text === null) return null
  return text.length <= 120 ? text : `${text.slice(0, 118)}……`
}

function offset(cursor: string): number {
  const digits = /^s(\d{1,4})$/.exec(cursor)?.[1]
  if (digits === undefined) throw new Problem('bad-cursor')
  return Number(digits)
}
