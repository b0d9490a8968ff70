import type { Ports } from '../platform/ports.ts'
import type { DocumentKind, Filters, SearchAnswer } from '../platform/search/search-index.ts'
import { type InForce, strengthOf } from './confidence.ts'
import type { Engine } from './match.ts'
import { queryVector } from './query-vector.ts'
import { engineOf } from './ranking.ts'
import type { Topic } from './signals/signal.ts'
import { calibrationFor } from './store.ts'
import { type TopicWeights, topicWeights, votes } from './weights.ts'

/** How many documents each side (text, vectors) brings. `sunmao eval relevance` prints the recall at 200 of known items: .99 on 136 public demands. */
const recall = 200

export interface Candidate {
  id: string
  kind: DocumentKind
  tieBreak: string
  topic: Topic
  /** See `confidence.ts`. */
  strength: number
}

/** Documents near a question, best topic first, with each side's likeness scaled over them. */
export async function candidates(
  ports: Ports,
  question: { text: string; isKept: boolean; kinds: DocumentKind[]; without?: Filters; weights?: TopicWeights },
): Promise<{ items: Candidate[]; engine: Engine; inForce: InForce }> {
  const vector = await queryVector(ports, question.text, question.isKept)
  const found = await ports.search.search({
    kinds: question.kinds,
    // Matching reads everything; what the reader is shown is decided where reasons are written.
    tier: 'full',
    text: question.text,
    vector,
    recall,
    ...(question.without && { without: question.without }),
  })
  const { hits } = found
  // Where nothing was found, nothing shows what the vectors would have done.
  const isHybrid = vector !== null && (hits.length === 0 || hits.some(({ cosine }) => cosine !== null))
  const mode = isHybrid ? 'hybrid' : 'text'
  const items = scaled(found, question.weights ?? topicWeights).sort(
    (a, b) => b.topic.near - a.topic.near || (a.tieBreak < b.tieBreak ? -1 : 1),
  )
  const engine = engineOf(ports, mode, found)
  return { items, engine, inForce: await calibrationFor(ports.database, engine) }
}

/** BM25 ÷ the best; cosines over their span. A document whose vector is not made yet stands at the lowest cosine. */
function scaled({ hits, bm25Bound }: Pick<SearchAnswer, 'hits' | 'bm25Bound'>, weights: TopicWeights): Candidate[] {
  const best = Math.max(0, ...hits.map(({ bm25 }) => bm25))
  const cosines = hits.flatMap(({ cosine }) => cosine ?? [])
  const [low, high] = [Math.min(...cosines), Math.max(...cosines)]
  return hits.map(({ id, kind, tieBreak, bm25, cosine }) => {
    const text = best === 0 ? 0 : bm25 / best
    const meaning = cosines.length === 0 ? null : cosine === null || high === low ? 0 : (cosine - low) / (high - low)
    return { id, kind, tieBreak, topic: topicOf(text, meaning, weights), strength: strengthOf({ bm25, cosine }, bm25Bound) }
  })
}

function topicOf(text: number, meaning: number | null, weights: TopicWeights): Topic {
  return { text, meaning, near: meaning === null ? text : weights.text * text + weights.meaning * meaning }
}

/** A document that speaks for an expert. */
export interface Vote {
  documentId: string
  topic: Topic
  strength: number
}

/** An expert's topic out of his votes, each side by itself: the best one, and the damped rest. */
export function topicOfVotes(given: readonly Vote[]): Topic {
  const ordered = [...given].sort((a, b) => b.topic.near - a.topic.near)
  const meanings = ordered.flatMap(({ topic }) => topic.meaning ?? [])
  const meaning = meanings.length === ordered.length ? damped(meanings) : null
  return topicOf(damped(ordered.map(({ topic }) => topic.text)), meaning, topicWeights)
}

function damped([best = 0, ...others]: number[]): number {
  const shares = Array.from({ length: votes.counted - 1 }, (_, at) => votes.damping ** at)
  const rest = shares.reduce((sum, share, at) => sum + share * (others[at] ?? 0), 0) / shares.reduce((sum, share) => sum + share, 0)
  return votes.best * best + votes.rest * rest
}
