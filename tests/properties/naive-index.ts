import type { DocumentText, Filters, IndexChange, SearchAnswer, SearchHit, SearchQuery } from '../../src/platform/search/search-index.ts'
import { tokensOf } from '../../src/platform/search/tokens.ts'

type Put = Extract<IndexChange, { type: 'put' }>

/** What an index should know after some changes, as plain maps. */
export interface Naive {
  puts: Map<string, Put>
  vectors: Map<string, Float32Array>
}

export function naiveIndex(changes: IndexChange[]): Naive {
  const naive: Naive = { puts: new Map(), vectors: new Map() }
  for (const change of changes) {
    if (change.type === 'put') naive.puts.set(change.id, change)
    if (change.type === 'remove') naive.puts.delete(change.id)
    if (change.type === 'vectors') for (const { textHash, vector } of change.vectors) naive.vectors.set(textHash, vector)
  }
  return naive
}

/** The answer by looking at every document for every question, by the formulas as they are written down. */
export function naiveSearch({ puts, vectors }: Naive, query: SearchQuery): Omit<SearchAnswer, 'position' | 'pending'> {
  const asked = [...puts.values()].filter(({ kind }) => query.kinds.includes(kind))
  const kinds = new Map(query.kinds.map((kind) => [kind, statistics(asked.filter((put) => put.kind === kind))]))

  const readable = asked.flatMap((put) => {
    const text = put.texts.find(({ tiers }) => tiers.includes(query.tier))?.text
    if (text === undefined || query.exclude?.includes(put.id) || query.only?.includes(put.id) === false) return []
    const vector = vectors.get(text.textHash)
    const hit: SearchHit = {
      kind: put.kind,
      id: put.id,
      tieBreak: put.tieBreak,
      bm25: query.text === null ? 0 : kinds.get(put.kind)!.score(text, query.text),
      cosine: query.vector === null || vector === undefined ? null : query.vector.reduce((sum, x, i) => sum + x * vector[i]!, 0),
    }
    return [{ hit, filters: put.filters }]
  })
  const passes = (filters: Filters, wanted: Filters) =>
    Object.entries(wanted).every(([name, values]) => shares(filters[name], values)) &&
    !Object.entries(query.without ?? {}).some(([name, values]) => shares(filters[name], values))
  const matches = (hit: SearchHit) => query.text === null || hit.bm25 > 0

  const passing = readable.filter(({ filters }) => passes(filters, query.filters ?? {})).map(({ hit }) => hit)
  const side = (score: (hit: SearchHit) => number | null) =>
    passing
      .filter((hit) => score(hit) !== null)
      .sort((a, b) => score(b)! - score(a)! || tie(a, b))
      .slice(0, query.recall)
  const facet = (name: string) => {
    const { [name]: _, ...others } = query.filters ?? {}
    const counts: Record<string, number> = {}
    for (const { hit, filters } of readable) {
      if (matches(hit) && passes(filters, others)) for (const value of new Set(filters[name])) counts[value] = (counts[value] ?? 0) + 1
    }
    return counts
  }
  return {
    hits:
      query.text === null && query.vector === null
        ? passing
            .sort((a, b) => (puts.get(a.id)!.on === puts.get(b.id)!.on ? tie(a, b) : puts.get(a.id)!.on < puts.get(b.id)!.on ? 1 : -1))
            .slice(0, query.recall)
        : ordered([...new Set([...side((hit) => hit.bm25 || null), ...side((hit) => hit.cosine)])]),
    count: passing.filter(matches).length,
    bm25Bound: query.text === null ? 0 : Math.max(0, ...[...kinds.values()].map((kind) => kind.bound(query.text!))),
    facets: Object.fromEntries((query.facets ?? []).map((name) => [name, facet(name)])),
  }
}

const shares = (mine: string[] | undefined, wanted: string[]) => (mine ?? []).some((value) => wanted.includes(value))

const tie = (a: SearchHit, b: SearchHit) => (a.tieBreak + a.id < b.tieBreak + b.id ? -1 : 1)

function ordered(hits: SearchHit[]): SearchHit[] {
  const most = Math.max(0, ...hits.map((hit) => hit.bm25))
  const cosines = hits.flatMap(({ cosine }) => cosine ?? [])
  const [low, high] = [Math.min(...cosines), Math.max(...cosines)]
  const score = ({ bm25, cosine }: SearchHit) =>
    (most && bm25 / most) + (cosine === null || low === high ? 0 : (cosine - low) / (high - low))
  return hits.sort((a, b) => score(b) - score(a) || tie(a, b))
}

const classes = [
  ['characters', 1],
  ['pairs', 0.5],
  ['words', 1],
] as const

/** BM25F over one kind: every text of every listing is a document. */
function statistics(puts: Put[]) {
  const texts = puts.flatMap((put) => put.texts.map(({ text }) => text))
  const fields = (text: DocumentText, of: (typeof classes)[number][0]) => {
    const [title, body, keywords] = [text.title, text.body, text.keywords].map((field) => tokensOf(field)[of])
    return [...title!, ...title!, ...body!, ...keywords!]
  }
  const sum = (text: string, contribution: (name: (typeof classes)[number][0], weight: number, token: string, idf: number) => number) => {
    let total = 0
    for (const [name, weight] of classes) {
      for (const token of new Set(tokensOf(text)[name])) {
        const df = texts.filter((document) => fields(document, name).includes(token)).length
        total += contribution(name, weight, token, Math.log(1 + (texts.length - df + 0.5) / (df + 0.5)))
      }
    }
    return total
  }
  return {
    score: (document: DocumentText, text: string) =>
      sum(text, (name, weight, token, idf) => {
        const mine = fields(document, name)
        const tf = mine.filter((other) => other === token).length
        if (tf === 0) return 0
        const length = texts.reduce((sum, other) => sum + fields(other, name).length, 0)
        // idf × tf × (k1 + 1) ÷ (tf + k1 × (1 − b + b × mine ÷ average)), computed in the index's order: equal scores are equal numbers.
        return (weight * idf * (1.2 + 1) * tf) / (tf + (1.2 * (1 - 0.75) + ((1.2 * 0.75 * texts.length) / length) * mine.length))
      }),
    bound: (text: string) => (texts.length === 0 ? 0 : sum(text, (_name, weight, _token, idf) => weight * idf * (1.2 + 1))),
  }
}
