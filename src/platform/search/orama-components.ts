import type { AnyIndexStore, IIndex, SearchableType, TokenScore } from '@orama/orama'
import { best, type Scored } from './best.ts'
import { type Bits, bitsFor, include, slotsIn } from './bits.ts'
import { type FilterBitmaps, filterBitmaps } from './filters.ts'
import { roomFor } from './posting-lists.ts'
import { type Postings, postings } from './postings.ts'
import { fieldWeights } from './ranking.ts'
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

/** Orama's `index` component: texts in our postings, filters in bitmaps, vectors by row in the shared store. */
export function indexComponent(vectors: VectorStore): IIndex<TextIndex> {
  return {
    create: () => ({
      vectorIndexes: {},
      postings: postings(),
      filters: filterBitmaps(),
      rows: new Uint32Array(256),
      scores: new Float64Array(256),
      best: [],
      bound: 0,
    }),
    insert(_implementation, index, property, _id, slot, value) {
      if (property === 'fields') {
        index.scores = roomFor(index.scores, slot + 1)
        for (const [at, text] of (value as string[]).entries()) index.postings.add(slot, text, fieldWeights[fieldNames[at]!])
      } else if (property === 'textHash') {
        index.rows = roomFor(index.rows, slot + 1)
        index.rows[slot] = vectors.hold(String(value))
      } else for (const label of value as string[]) index.filters.add(slot, ...parted(label))
    },
    remove(_implementation, index, property, _id, slot, value) {
      if (property === 'fields') index.postings.remove(slot, value as string[])
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
      for (const slot of slotsIn(among)) if (index.scores[slot]! > 0) top.offer(slot, index.scores[slot]!)
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

function unused(): never {
  throw new Error('This index has no such part: it is rebuilt from the journal, and scores on its own')
}
