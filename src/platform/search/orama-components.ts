import type { AnyIndexStore, IDocumentsStore, IIndex, SearchableType, TokenScore } from '@orama/orama'
import { best, type Scored } from './best.ts'
import { type Bits, bitsFor, include, slotsIn } from './bits.ts'
import { type FilterBitmaps, filterBitmaps, type SavedFilters } from './filters.ts'
import { type Postings, postings, type SavedPostings } from './postings.ts'
import { fieldWeights } from './ranking.ts'
import { roomFor } from './room.ts'
import type { DocumentText } from './search-index.ts'
import type { VectorStore } from './vectors.ts'

/** What Orama's index holds here. Everything is indexed by slot, which is Orama's internal id. */
export interface TextIndex extends AnyIndexStore {
  postings: Postings
  filters: FilterBitmaps
  /** Slot → row of its text in the vector store. */
  rows: Uint32Array
  /** Slot → bm25 in the latest search; 0 where no token is shared. */
  scores: Float64Array
  /** The best of the latest search. Kept here and not answered, so that Orama need not fetch and sort. */
  best: Scored[]
  /** Sum of what the tokens of the latest search can contribute at most. */
  bound: number
}

/** Our `where` clause: the slots that may be found, how many are wanted, and what decides between equal scores. */
export interface Wanted {
  among: Bits
  limit: number
  order(a: number, b: number): number
}

/**
 * What each property of an Orama document is. `fields` are the texts in the order of `fieldWeights`, in one property because
 * each costs Orama some work; `textHash` holds a row of the vector store, `labels` are `name=value` filters.
 */
export const schema = { fields: 'string[]', textHash: 'enum', labels: 'enum[]' } as const

const fieldNames = Object.keys(fieldWeights) as (keyof typeof fieldWeights)[]
export const fieldsOf = (text: DocumentText): string[] => fieldNames.map((name) => text[name])

/** What of the index is saved; the latest search is not. */
export interface SavedTextIndex {
  postings: SavedPostings
  filters: SavedFilters
  rows: Uint32Array
}

const textIndex = (saved?: SavedTextIndex): TextIndex => ({
  vectorIndexes: {},
  postings: postings(saved?.postings),
  filters: filterBitmaps(saved?.filters),
  rows: saved === undefined ? new Uint32Array(256) : saved.rows.slice(),
  scores: new Float64Array(saved?.rows.length ?? 256),
  best: [],
  bound: 0,
})

/** Orama's `index` component: texts in our postings, filters in bitmaps, vectors by row in the shared store. */
export function indexComponent(vectors: VectorStore): IIndex<TextIndex> {
  return {
    create: () => textIndex(),
    insert(_implementation, index, property, _id, slot, value) {
      if (property === 'fields') {
        index.scores = roomFor(index.scores, slot + 1)
        index.postings.put(
          slot,
          (value as string[]).map((text, at) => ({ text, weight: fieldWeights[fieldNames[at]!] })),
        )
      } else if (property === 'textHash') {
        index.rows = roomFor(index.rows, slot + 1)
        index.rows[slot] = vectors.hold(String(value))
      } else for (const label of value as string[]) index.filters.add(slot, ...parted(label))
    },
    remove(_implementation, index, property, _id, slot, value) {
      if (property === 'fields') index.postings.remove(slot)
      else if (property === 'textHash') vectors.release(index.rows[slot]!)
      else for (const label of value as string[]) index.filters.remove(slot, ...parted(label))
      return true
    },
    searchByWhereClause: (_index, _tokenizer, where) => where as never,
    search(
      index: TextIndex,
      term,
      _tokenizer,
      _language,
      _properties,
      _exact,
      _tolerance,
      _boost,
      _relevance,
      documents,
      where,
    ): TokenScore[] {
      // Orama hands the clause from `searchByWhereClause` through without a look at it.
      const { among, limit, order } = where as unknown as Wanted
      index.scores.fill(0)
      // Statistics of nothing bound nothing: a kind that was emptied answers as one that never was.
      index.bound = documents === 0 ? 0 : index.postings.score(term, documents, index.scores)
      const top = best(limit, order)
      const { scores } = index
      const slots = slotsIn(among)
      let floor = top.floor()
      for (let i = 0; i < slots.length; i++) {
        const score = scores[slots[i]!]!
        if (score === 0 || score < floor) continue
        top.offer(slots[i]!, score)
        floor = top.floor()
      }
      index.best = top.done()
      return []
    },
    getSearchableProperties: () => Object.keys(schema),
    getSearchablePropertiesWithTypes: (): Record<string, SearchableType> => schema,
    insertDocumentScoreParameters: unused,
    insertTokenScoreParameters: unused,
    removeDocumentScoreParameters: unused,
    removeTokenScoreParameters: unused,
    calculateResultScores: unused,
    // Orama passes through whatever `save` gave.
    load: (_ids, saved) => textIndex(saved as SavedTextIndex),
    save: ({ postings, filters, rows }) => ({ postings: postings.save(), filters: filters.save(), rows }) satisfies SavedTextIndex as never,
  }
}

/** What Orama's store of documents holds here: the labels of each slot. Texts stay in the database. */
export interface LabelStore {
  /** By slot. Orama wants the name `docs`. */
  docs: (string[] | undefined)[]
  count: number
}

/** Orama's `documentsStore` component: of a document its id and filter labels; what else a removal needs, the index knows by slot. */
export function documentsComponent(): IDocumentsStore<LabelStore> {
  const document = ({ docs }: LabelStore, id: string | number) => {
    const own = docs[Number(id)]
    // Orama removes a property only where the document has it.
    return own && { id: String(id), fields: [], textHash: '', labels: own }
  }
  return {
    create: () => ({ docs: [], count: 0 }),
    get: document,
    getMultiple: (store, ids) => ids.map((id) => document(store, id)),
    getAll: (store) => Object.fromEntries(Object.keys(store.docs).map((slot) => [slot, document(store, slot)!])),
    store(store, _id, slot, { labels }) {
      if (store.docs[slot] !== undefined) return false
      store.docs[slot] = labels
      store.count++
      return true
    },
    remove(store, _id, slot) {
      if (store.docs[slot] === undefined) return false
      store.docs[slot] = undefined
      store.count--
      return true
    },
    count: ({ count }) => count,
    load: (_ids, saved) => saved as LabelStore,
    save: (store) => store as never,
  }
}

/** The slots that share a token with the latest search. */
export function found(index: TextIndex): Bits {
  const bits = bitsFor(index.scores.length)
  for (let slot = 0; slot < index.scores.length; slot++) if (index.scores[slot]! > 0) include(bits, slot)
  return bits
}

export const label = (name: string, value: string): string => `${name}=${value}`

function parted(label: string): [name: string, value: string] {
  const at = label.indexOf('=')
  return [label.slice(0, at), label.slice(at + 1)]
}

function unused(): never {
  throw new Error('This index has no such part: it scores on its own')
}
