import { create, insert, load, type RawData, remove, save, search } from '@orama/orama'
import { best, type Scored } from './best.ts'
import { type Bits, bitsFor, countShared, exclude, include, intersect, slotsIn, subtract } from './bits.ts'
import { documentsComponent, fieldsOf, found, indexComponent, label, schema, type Wanted } from './orama-components.ts'
import { byTie, newestFirst, type Tie } from './ranking.ts'
import { roomFor } from './room.ts'
import type { DocumentKind, DocumentText, Filters, SearchHit, Tier } from './search-index.ts'
import { tokensOf } from './tokens.ts'
import type { VectorStore } from './vectors.ts'

/** One listing: an Orama document a distinct text, each in a slot of its kind's database. */
export interface Listing extends Tie {
  kind: DocumentKind
  /** What newest-first lists go by. */
  on: string
  slots: number[]
}

/** What one kind is asked: as `SearchQuery`, with ids resolved to slots and the query vector at length 1. */
export interface KindQuery {
  tier: Tier
  text: string | null
  vector: Float64Array | null
  filters: Filters
  without: Filters
  exclude: number[]
  only: number[] | undefined
  recall: number
  facets: string[]
}

export interface KindAnswer {
  /** Best by bm25, at most `recall`. */
  text: Scored[]
  /** Best by cosine, at most `recall`. */
  vector: Scored[]
  count: number
  bound: number
  facets: Map<string, Map<string, number>>
  listing(slot: number): Listing
  /** Exact scores of any slots; to be asked before the kind's next search. */
  hits(slots: number[]): SearchHit[]
}

export interface KindIndex {
  insert(listing: Listing, tiers: Tier[], text: DocumentText, filters: Filters): void
  remove(listing: Listing): void
  search(query: KindQuery): KindAnswer
  save(): SavedKind
}

export interface SavedKind {
  orama: RawData
  listings: (Listing | undefined)[]
  freeSlots: number[]
  live: Bits
}

/** Filter name under which a text's tiers are kept; filters of listings do not begin with @. */
const tierName = '@tier'

/** One Orama database, which holds the listings of one kind. */
export function kindIndex(kind: DocumentKind, vectors: VectorStore, saved?: SavedKind): KindIndex {
  const database = create({
    id: kind,
    schema,
    sort: { enabled: false },
    components: {
      index: indexComponent(vectors),
      documentsStore: documentsComponent(),
      tokenizer: { language: 'chinese', normalizationCache: new Map(), tokenize: (text) => Object.values(tokensOf(text)).flat() },
    },
  })
  if (saved !== undefined) load(database, saved.orama)
  const { index } = database.data
  // Slots begin with 1.
  const { listings, freeSlots }: Pick<SavedKind, 'listings' | 'freeSlots'> = saved ?? { listings: [undefined], freeSlots: [] }
  let live = saved === undefined ? bitsFor(256) : saved.live.slice()

  const order = (a: number, b: number) => byTie(listings[a]!, listings[b]!)

  return {
    insert(listing, tiers, text, filters) {
      // Orama numbers ids from 1 as they first appear and never forgets one: slots as ids keep its numbers equal and few.
      const slot = freeSlots.pop() ?? listings.length
      const labels = [...tiers.map((tier) => label(tierName, tier)), ...labelsOf(filters)]
      insert(database, { id: String(slot), fields: fieldsOf(text), textHash: text.textHash, labels })
      live = roomFor(live, (slot >>> 5) + 1)
      include(live, slot)
      listings[slot] = listing
      listing.slots.push(slot)
    },
    remove(listing) {
      for (const slot of listing.slots.splice(0)) {
        remove(database, String(slot))
        exclude(live, slot)
        listings[slot] = undefined
        freeSlots.push(slot)
      }
    },
    search({ tier, text, vector, filters, without, exclude: excluded, only, recall, facets }) {
      const open = index.filters.passing(live, { [tierName]: [tier] }, {})
      if (only !== undefined) intersect(open, bitsOf(only, open.length))
      subtract(open, bitsOf(excluded, open.length))
      const passing = index.filters.passing(open, filters, without)

      const byText = text === null && vector === null ? newest(passing, recall) : searchText(text, { among: passing, limit: recall, order })
      const matched = text === null ? open : found(index)
      intersect(open, matched)
      return {
        text: byText,
        vector: vector === null ? [] : vectors.scan(vector, index.rows, passing, recall, order),
        count: countShared(passing, matched),
        bound: index.bound,
        facets: new Map(facets.map((name) => [name, index.filters.facet(open, name, filters, without)])),
        listing: (slot) => listings[slot]!,
        hits(slots) {
          const rows = slots.map((slot) => index.rows[slot]!)
          const cosines = vector === null ? [] : vectors.cosines(vector, rows)
          return slots.map((slot, i) => {
            const { id, tieBreak } = listings[slot]!
            return { kind, id, tieBreak, bm25: index.scores[slot]!, cosine: cosines[i] ?? null }
          })
        },
      }
    },
    save: () => ({ orama: save(database), listings, freeSlots, live }),
  }

  /** The newest of some slots, all with score 0; the scores of a former search are forgotten. */
  function newest(among: Bits, limit: number): Scored[] {
    searchText(null, { among, limit, order })
    const top = best(limit, (a, b) => newestFirst(listings[a]!, listings[b]!))
    for (const slot of slotsIn(among)) top.offer(slot, 0)
    return top.done()
  }

  function searchText(term: string | null, wanted: Wanted): Scored[] {
    if (!term) {
      // Orama would take this as a question for all documents.
      index.scores.fill(0)
      index.bound = 0
      return []
    }
    // The clause is ours (see `Wanted`), and without hooks Orama answers at once; what it found is in the index.
    search(database, { term, limit: 0, where: wanted as never })
    return index.best
  }
}

const labelsOf = (filters: Filters): string[] =>
  Object.entries(filters).flatMap(([name, values]) => values.map((value) => label(name, value)))

function bitsOf(slots: number[], length: number): Bits {
  const bits: Bits = new Uint32Array(length)
  for (const slot of slots) include(bits, slot)
  return bits
}
