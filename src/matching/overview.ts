import type { Actor } from '../accounts/actor.ts'
import { findSettings } from '../market/store.ts'
import type { Ports } from '../platform/ports.ts'
import { z } from '../platform/schema.ts'
import { SearchItem, SearchKind, searchListings } from './search.ts'

/** The market as everybody sees it. */
export const MarketOverview = z
  .object({
    name: z.string(),
    nameEn: z.string(),
    /** Open listings of each kind. */
    counts: z.record(SearchKind, z.number().int()),
    /** Demands and offerings by chain, industry, region and so on: code → number. */
    facets: z.object({
      demand: z.record(z.string(), z.record(z.string(), z.number().int())),
      offering: z.record(z.string(), z.record(z.string(), z.number().int())),
    }),
    latest: z.object({ demands: z.array(SearchItem), offerings: z.array(SearchItem) }),
    /** Industries with the most open demands, and how many offerings stand against them. */
    mostWanted: z.array(z.object({ industry: z.string(), demands: z.number().int(), offerings: z.number().int() })),
  })
  .openapi('MarketOverview')
export type MarketOverview = z.infer<typeof MarketOverview>

/** Counts, facets, latest and most wanted, of what this actor may see. */
export async function overview(ports: Ports, actor: Actor, latest = 6): Promise<MarketOverview> {
  const newest = { words: '', filters: {}, cursor: null, limit: latest }
  const demand = await searchListings(ports, actor, { ...newest, kind: 'demand' })
  const offering = await searchListings(ports, actor, { ...newest, kind: 'offering' })
  const { settings } = await findSettings(ports.database)
  const supplied = offering.facets.industry ?? {}
  const mostWanted = Object.entries(demand.facets.industry ?? {})
    // Sections (A, B, C …) are too wide to be wanted.
    .filter(([code]) => /^\d/.test(code))
    .map(([industry, demands]) => ({ industry, demands, offerings: supplied[industry] ?? 0 }))
    .sort((a, b) => b.demands - a.demands || a.offerings - b.offerings || (a.industry < b.industry ? -1 : 1))
    .slice(0, 8)
  return {
    name: settings.name,
    nameEn: settings.nameEn,
    counts: demand.counts,
    facets: { demand: demand.facets, offering: offering.facets },
    latest: { demands: demand.items, offerings: offering.items },
    mostWanted,
  }
}
