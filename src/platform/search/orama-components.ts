import type { AnyIndexStore, IDocumentsStore, IIndex, SearchableType, TokenScore } from '@orama/orama'
import { best } from './best.ts'
import { type Bits, bitsFor, eachSlot, include } from './bits.ts'
import { type FilterBitmaps, filterBitmaps } from './filters.ts'
import { roomFor } from './posting-lists.ts'
import { type Postings, postings } from './postings.ts'
import { classWeights, fieldWeights } from './ranking.ts'
import { type Tokens, tokensOf } from './tokens.ts'
import type { VectorStore } from './vectors.ts'

/** What Orama's index holds here. Everything is indexed by slot, which is Orama's internal id. */
export interface TextIndex extends AnyIndexStore {
  classes: Record<keyof Tokens, Postings>
  filters: FilterBitmaps
  /** Slot → row of its text in the vector store. */
  rows: Uint32Array
  /** Slot → bm25 in the latest search; 0 where no token is shared. */
  scores: Float64Array
  /** Sum of what the tokens of the latest search can contribute at most. */
  bound: number
}

/** Our `where` clause: the slots that may be found, how many are wanted, and what decides between equal scores. */
export interface Wanted {
  among: Bits
  limit: number
  order(a: number, b: number): number
}

/** What each property of an Orama document is. `textHash` holds a row of the vector store, `labels` are `name=value` filters. */
export const schema = { title: 'string', body: 'string', keywords: 'string', textHash: 'enum', labels: 'enum[]' } as const

const classNames = Object.keys(classWeights) as (keyof Tokens)[]

/** Orama's `index` component: texts in our postings, filters in bitmaps, vectors by row in the shared store. */
export function indexComponent(vectors: VectorStore): IIndex<TextIndex> {
  return {
    create: () => ({
      vectorIndexes: {},
      classes: { characters: postings(), pairs: postings(), words: postings() },
      filters: filterBitmaps(),
      rows: new Uint32Array(256),
      scores: new Float64Array(256),
      bound: 0,
    }),
    insert(_implementation, index, property, _id, slot, value) {
      index.scores = roomFor(index.scores, slot + 1)
      if (isField(property)) {
        const tokens = tokensOf(String(value))
        for (const name of classNames) index.classes[name].add(slot, tokens[name], fieldWeights[property])
      } else if (property === 'textHash') {
        index.rows = roomFor(index.rows, slot + 1)
        index.rows[slot] = vectors.hold(String(value))
      } else for (const label of value as string[]) index.filters.add(slot, ...parted(label))
    },
    remove(_implementation, index, property, _id, slot, value) {
      // The title takes the whole text out: the postings know the document's tokens of all fields.
      if (property === 'title') for (const name of classNames) index.classes[name].remove(slot)
      if (property === 'textHash') vectors.release(index.rows[slot]!)
      if (property === 'labels') for (const label of value as string[]) index.filters.remove(slot, ...parted(label))
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
      const tokens = tokensOf(term)
      index.scores.fill(0)
      index.bound = 0
      // Statistics of nothing bound nothing: a kind that was emptied answers as one that never was.
      if (documents === 0) return []
      for (const name of classNames) {
        const asked = new Set(tokens[name])
        index.classes[name].score(asked, documents, classWeights[name], index.scores)
        index.bound += index.classes[name].bound(asked, documents, classWeights[name])
      }
      const top = best(limit, order)
      eachSlot(among, (slot) => {
        const score = index.scores[slot]!
        if (score > 0) top.offer(slot, score)
      })
      return top.done()
    },
    getSearchableProperties: () => Object.keys(schema),
    getSearchablePropertiesWithTypes: (): Record<string, SearchableType> => schema,
    insertDocumentScoreParameters: unused,
    insertTokenScoreParameters: unused,
    removeDocumentScoreParameters: unused,
    removeTokenScoreParameters: unused,
    calculateResultScores: unused,
    load: unused,
    save: unused,
  }
}

interface Stored {
  docs: Record<number, Record<string, unknown>>
  count: number
}

/**
 * Orama's `documentsStore` component: keeps filters and text hash. In place of the texts it keeps empty strings, for Orama
 * takes only those properties out of the index that the stored document has.
 */
export function documentsStore(): IDocumentsStore<Stored> {
  // Our document ids are slots in decimal, so an internal id and an id name the same entry.
  const get = (store: Stored, id: string | number) => store.docs[Number(id)]
  return {
    create: () => ({ docs: {}, count: 0 }),
    get,
    getMultiple: (store, ids) => ids.map((id) => get(store, id)),
    getAll: (store) => store.docs,
    store(store, _id, slot, document) {
      if (store.docs[slot] !== undefined) return false
      store.docs[slot] = { ...document, title: '', body: '', keywords: '' }
      store.count++
      return true
    },
    remove(store, _id, slot) {
      if (store.docs[slot] === undefined) return false
      delete store.docs[slot]
      store.count--
      return true
    },
    count: (store) => store.count,
    load: unused,
    save: unused,
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

const isField = (property: string): property is keyof typeof fieldWeights => property in fieldWeights

function unused(): never {
  throw new Error('This index has no such part: it is rebuilt from the journal, and scores on its own')
}
