import type { Embedder } from '../../platform/embedding/embedder.ts'
import { ProblemKind, problemKinds } from '../problem-kind.ts'

/** What a kind is like, by the model; made once. */
const kindVectors = new Map<string, Promise<Float32Array[]>>()
/** How much nearer the first must be than the mean of all: less is a guess. */
const leadFrom = 0.04

/** The kind of problem whose description is nearest in meaning to a text; null where none stands out. */
export async function kindNearest(embedder: Embedder, text: Float32Array): Promise<ProblemKind | null> {
  const made = kindVectors.get(embedder.model) ?? embedder.embed(Object.values(problemKinds), 'document')
  kindVectors.set(embedder.model, made)
  const near = (await made).map((vector) => vector.reduce((sum, value, at) => sum + value * text[at]!, 0))
  const best = Math.max(...near)
  const mean = near.reduce((sum, value) => sum + value, 0) / near.length
  return best - mean < leadFrom ? null : ProblemKind.options[near.indexOf(best)]!
}
