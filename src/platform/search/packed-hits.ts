import type { DocumentKind, SearchAnswer, SearchHit } from './search-index.ts'

/** Hits in columns, as they pass between threads: to clone hundreds of objects takes longer than many a search. */
export interface PackedAnswer extends Omit<SearchAnswer, 'hits'> {
  hits: {
    kinds: DocumentKind[]
    ids: string[]
    tieBreaks: string[]
    bm25: Float64Array
    /** NaN for none. */
    cosines: Float64Array
  }
}

export function pack(answer: SearchAnswer): PackedAnswer {
  const { hits } = answer
  return {
    ...answer,
    hits: {
      kinds: hits.map(({ kind }) => kind),
      ids: hits.map(({ id }) => id),
      tieBreaks: hits.map(({ tieBreak }) => tieBreak),
      bm25: Float64Array.from(hits, ({ bm25 }) => bm25),
      cosines: Float64Array.from(hits, ({ cosine }) => cosine ?? Number.NaN),
    },
  }
}

export function unpack(answer: PackedAnswer): SearchAnswer {
  const { kinds, ids, tieBreaks, bm25, cosines } = answer.hits
  const hits = ids.map((id, at): SearchHit => {
    const cosine = cosines[at]!
    return { kind: kinds[at]!, id, tieBreak: tieBreaks[at]!, bm25: bm25[at]!, cosine: Number.isNaN(cosine) ? null : cosine }
  })
  return { ...answer, hits }
}
