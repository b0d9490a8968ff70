/**
 * The search port: an index that follows the journal and can be thrown away and rebuilt at any time.
 * Every method is async and takes structured-cloneable values, so that the same module runs in the calling thread
 * (Workers) or behind a message channel (Node, `search-thread.ts`).
 */
export interface SearchIndex {
  /** Best documents for a query; see `SearchQuery`. Never throws for an odd query: no tokens and no vector find nothing. */
  search(query: SearchQuery): Promise<SearchAnswer>
  /** Applies up to 200 changes whole, then moves the position. Vectors may come with, or after, the text they belong to. */
  apply(changes: IndexChange[], position: number): Promise<void>
  status(limit: number): Promise<IndexStatus>
  /** Keeps the whole index for the next start, under a mark; does nothing where it has not changed since, or has no place. Throws what the disk says. */
  keep(mark: string): Promise<void>
  /** Empties the index; then, if `kept` is wanted and usable, puts that in, and gives its mark. Null: the index is empty, its position 0. */
  reset(to: 'empty' | 'kept'): Promise<string | null>
}

export interface IndexStatus {
  /** The last journal number that has been applied; 0 for an empty index. */
  position: number
  /** How many texts still wait for a vector, and of these at most `limit`, the longest waiting first. */
  pending: number
  texts: DocumentText[]
}

/** What kind of listing a document stands for: one Orama index each. Evidence are rows with a text of their own. */
export type DocumentKind = 'demand' | 'offering' | 'evidence' | 'expert' | 'institution' | 'enterprise'

/** Who may read a text: a visitor, somebody signed in, or the owner and parties under an accepted NDA. */
export type Tier = 'public' | 'registered' | 'full'

/** The text fields of one version of a listing. Field weights (title 2, body 1, keywords 1) are the index's. */
export interface DocumentText {
  title: string
  body: string
  keywords: string
  /** Identifies the text for the vector store: a sha256 in hex of what is embedded. */
  textHash: string
}

/** Codes and states to filter and count by. Every value is a list of short strings; a missing name is an empty list. */
export type Filters = Record<string, string[]>

export type IndexChange =
  | {
      type: 'put'
      kind: DocumentKind
      id: string
      /** Breaks ties of equal scores; originId where there is one, else id. */
      tieBreak: string
      /** Instant or day that newest-first lists go by; '' for none. */
      on: string
      /** One text per distinct reading: equal ones are given once, with every tier that reads them. */
      texts: { tiers: Tier[]; text: DocumentText }[]
      filters: Filters
    }
  | { type: 'remove'; id: string }
  | { type: 'vectors'; vectors: { textHash: string; vector: Float32Array }[] }

export interface SearchQuery {
  kinds: DocumentKind[]
  /** Whose eyes: only texts of this tier are searched. */
  tier: Tier
  /** Words as written; tokenised by the index. Null: no text side. */
  text: string | null
  /** Unit-length query vector from the embedder, or null: no vector side. */
  vector: Float32Array | null
  /** Every name must share at least one value with the document's. An empty list matches nothing. */
  filters?: Filters
  /** No value of a name may be shared with the document's. */
  without?: Filters
  /** Ids that may not be found. */
  exclude?: string[]
  /** Only these ids may be found; undefined means all. */
  only?: string[]
  /** How many candidates each side (text, vector) brings; the answer is their union. 1 to 1,000. */
  recall: number
  /** Filter names to count; each count respects all filters but its own name. */
  facets?: string[]
}

export interface SearchHit {
  kind: DocumentKind
  id: string
  tieBreak: string
  /** Raw additive BM25F score; 0 where no token is shared; exact for every hit of the union, whichever side brought it. */
  bm25: number
  /** Cosine with the query vector, -1…1; null without a query vector or without a stored one. */
  cosine: number | null
}

export interface SearchAnswer {
  /** Union of both sides (without text and vector: all that pass, the newest `recall` first), best first by bm25 ÷ maximum + cosine scaled to 0…1 over the hits; ties by tieBreak. */
  hits: SearchHit[]
  /** Documents that pass the filters and, where a text was given, share a token with it (all that pass, without a text). */
  count: number
  /** Sum over the query's tokens of their largest possible contribution: bm25 ÷ this is a confidence that does not depend on the other documents. */
  bm25Bound: number
  /** Per asked name: value → number of documents (counted as `count` is). */
  facets: Record<string, Record<string, number>>
  /** The journal number that this answer includes. */
  position: number
  /** How many texts wait for a vector. */
  pending: number
}
