import { dotArray } from './dot.ts'
import { type KindAnswer, type KindIndex, type KindQuery, kindIndex, type Listing, type SavedKind } from './kind-index.ts'
import { byTie, inOrder, newestFirst } from './ranking.ts'
import type { DocumentKind, DocumentText, IndexChange, IndexStatus, SearchAnswer, SearchIndex, SearchQuery } from './search-index.ts'
import { type SavedVectors, unit, type VectorStore, vectorStore } from './vectors.ts'

/** As many changes as one `apply` takes. */
export const mostChanges = 200

/**
 * The search index of one process: an Orama database a kind, with our own index and document components, and one vector
 * store for all. Every method does its work in one go, so calls never see each other halfway.
 */
export function oramaIndex(): SearchIndex & Saveable {
  let state = emptyState()
  return {
    search: async (query) => search(state, query),
    async apply(changes, position) {
      validate(state.vectors, changes)
      for (const change of changes) applyChange(state, change)
      // Vectors may come with an older number than the texts that were applied meanwhile.
      state.position = Math.max(state.position, position)
    },
    status: async (limit) => status(state, limit),
    // What is in memory alone is gone with its process; see `snapshot-file.ts`.
    keep: async () => {},
    async reset() {
      state = emptyState()
      return null
    },
    save: () => saved(state),
    load(saved) {
      state = restored(saved)
    },
  }
}

/** An index whose whole content can be taken out and put into another one. */
export interface Saveable {
  /** Structured-cloneable, and to be cloned before the next change: much of it is the index itself. */
  save(): SavedIndex
  /** Replaces all content; nobody else may use what is given. */
  load(saved: SavedIndex): void
}

export interface SavedIndex {
  kinds: Map<DocumentKind, SavedKind>
  listings: Map<string, Listing>
  vectors: SavedVectors
  texts: Map<string, DocumentText>
  position: number
}

function saved(state: State): SavedIndex {
  forgetTexts(state)
  const { kinds, listings, vectors, texts, position } = state
  return { kinds: new Map([...kinds].map(([kind, index]) => [kind, index.save()])), listings, vectors: vectors.save(), texts, position }
}

function restored({ kinds, listings, vectors, texts, position }: SavedIndex): State {
  const store = vectorStore(dotArray, vectors)
  return {
    kinds: new Map([...kinds].map(([kind, saved]) => [kind, kindIndex(kind, store, saved)])),
    listings,
    vectors: store,
    texts,
    position,
  }
}

interface State {
  kinds: Map<DocumentKind, KindIndex>
  listings: Map<string, Listing>
  vectors: VectorStore
  /** Texts by hash that still wait for a vector; kept no longer than that. */
  texts: Map<string, DocumentText>
  position: number
}

const emptyState = (): State => ({ kinds: new Map(), listings: new Map(), vectors: vectorStore(), texts: new Map(), position: 0 })

/** Everything that could be wrong is found before anything changes. */
function validate(vectors: VectorStore, changes: IndexChange[]): void {
  if (changes.length > mostChanges) throw new RangeError(`At most ${mostChanges} changes at once, not ${changes.length}`)
  let dimensions = vectors.dimensions()
  for (const change of changes) {
    if (change.type === 'put') {
      const tiers = change.texts.flatMap((text) => text.tiers)
      if (new Set(tiers).size < tiers.length) throw new RangeError(`${change.id} has two texts for one tier`)
      const name = Object.keys(change.filters).find((name) => name.includes('=') || name.startsWith('@'))
      if (name !== undefined) throw new RangeError(`${change.id} has a filter named ${name}: no @ at the start, no =`)
    }
    if (change.type === 'vectors') {
      for (const { textHash, vector } of change.vectors) {
        dimensions ??= vector.length
        if (vector.length !== dimensions)
          throw new RangeError(`The vector of ${textHash} has ${vector.length} dimensions, not ${dimensions}`)
        if (!vector.every(Number.isFinite)) throw new RangeError(`The vector of ${textHash} has an entry that is not finite`)
      }
    }
  }
}

function applyChange(state: State, change: IndexChange): void {
  if (change.type === 'vectors') {
    for (const { textHash, vector } of change.vectors) state.vectors.put(textHash, vector)
    return
  }
  const former = state.listings.get(change.id)
  if (former !== undefined) {
    state.kinds.get(former.kind)?.remove(former)
    state.listings.delete(change.id)
  }
  if (change.type === 'remove') return
  const { kind, id, tieBreak, on, texts, filters } = change
  const index = state.kinds.get(kind) ?? kindIndex(kind, state.vectors)
  state.kinds.set(kind, index)
  const listing: Listing = { kind, id, tieBreak, on, slots: [] }
  state.listings.set(id, listing)
  for (const { tiers, text } of texts) {
    index.insert(listing, tiers, text, filters)
    state.texts.set(text.textHash, text)
  }
}

function status(state: State, limit: number): IndexStatus {
  forgetTexts(state)
  const { count, textHashes } = state.vectors.pending(limit)
  return { position: state.position, pending: count, texts: textHashes.map((hash) => state.texts.get(hash)!) }
}

/** Texts that got their vector, or whose listing is gone, wait no longer. */
function forgetTexts(state: State): void {
  const { count, textHashes } = state.vectors.pending(state.texts.size)
  if (state.texts.size > count) state.texts = new Map(textHashes.map((hash) => [hash, state.texts.get(hash)!]))
}

function search(state: State, query: SearchQuery): SearchAnswer {
  const isBrowsing = query.text === null && query.vector === null
  const answers = [...new Set(query.kinds)].flatMap((kind) => state.kinds.get(kind)?.search(forKind(state, kind, query)) ?? [])

  const best = (side: 'text' | 'vector') =>
    answers
      .flatMap((answer) => answer[side].map(([slot, score]) => ({ answer, slot, score })))
      .sort((a, b) => b.score - a.score || (isBrowsing ? newestFirst : byTie)(a.answer.listing(a.slot), b.answer.listing(b.slot)))
      .slice(0, query.recall)
  const union = [...best('text'), ...best('vector')]
  const slotsIn = (answer: KindAnswer) => [...new Set(union.filter((candidate) => candidate.answer === answer).map(({ slot }) => slot))]

  const found = answers.flatMap((answer) => answer.hits(slotsIn(answer)))
  return {
    hits: isBrowsing ? found.sort((a, b) => newestFirst(state.listings.get(a.id)!, state.listings.get(b.id)!)) : inOrder(found),
    count: answers.reduce((sum, { count }) => sum + count, 0),
    // Each kind has its own statistics; the highest of their bounds keeps the ratio at 1 or less.
    bm25Bound: Math.max(0, ...answers.map(({ bound }) => bound)),
    facets: Object.fromEntries((query.facets ?? []).map((name) => [name, summed(answers.map(({ facets }) => facets.get(name)!))])),
    position: state.position,
    pending: state.vectors.pending(0).count,
  }
}

function forKind(state: State, kind: DocumentKind, query: SearchQuery): KindQuery {
  const slotsOf = (ids: string[]) =>
    ids.flatMap((id) => {
      const listing = state.listings.get(id)
      return listing?.kind === kind ? listing.slots : []
    })
  const { tier, text, vector, filters = {}, without = {}, exclude = [], only, recall, facets = [] } = query
  return {
    tier,
    text,
    vector: vector === null ? null : unit(vector),
    filters,
    without,
    exclude: slotsOf(exclude),
    only: only && slotsOf(only),
    recall,
    facets,
  }
}

/** The counts of all kinds together, the most frequent value first. */
function summed(counts: Map<string, number>[]): Record<string, number> {
  const sums = new Map<string, number>()
  for (const count of counts) for (const [value, n] of count) sums.set(value, (sums.get(value) ?? 0) + n)
  const sorted = [...sums].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return Object.fromEntries(sorted)
}
