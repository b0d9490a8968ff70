import type { Demand } from '../demands/demand.ts'
import { demands } from '../demands/store.ts'
import { textHash } from '../platform/embedding/text-hash.ts'
import { fromBytes, toBytes } from '../platform/embedding/vector-bytes.ts'
import { findVectors, keepVectors } from '../platform/embedding/vector-rows.ts'
import type { Ports } from '../platform/ports.ts'
import { inSimplified } from '../platform/search/tokens.ts'
import { demandQuestion } from './texts.ts'

/**
 * The vector of a question, or null where no model runs. With `isKept` (the question of a stored listing) it is looked up and kept
 * like any other vector; what people type into the search box is not.
 */
export async function queryVector({ database, embedder }: Ports, question: string, isKept: boolean): Promise<Float32Array | null> {
  if (embedder === null) return null
  const hash = await questionHash(question)
  const stored = async () => (await findVectors(database, embedder.model, [hash])).get(hash)
  const before = isKept ? await stored() : undefined
  if (before !== undefined) return before
  const [vector] = await embedder.embed([inSimplified(question)], 'query')
  if (!isKept) return vector!
  await database.commit(...keepVectors(database, embedder.model, [{ textHash: hash, vector: vector! }]))
  // As it is stored, which rounds it: the first answer must be the same as the second. It may have been deleted in between.
  return (await stored()) ?? fromBytes(toBytes(vector!))
}

/** What the vector of a question is found by. It carries the model's instruction, so it is another than that of the same text as a document. */
export function questionHash(question: string): Promise<string> {
  return textHash(`centred query\n${question}`)
}

const askingStates: Demand['state'][] = ['published', 'draft', 'vetting']

/** Whether a demand is still asked about, by all who may read it. */
export function keepsQuestion({ state }: Pick<Demand, 'state'>): boolean {
  return askingStates.includes(state)
}

/** Embeds the questions of all open demands beforehand, so that their first match need not wait for the model. Returns how many. */
export async function keepQuestionVectors(ports: Ports): Promise<number> {
  let made = 0
  for await (const demand of demands.each(ports.database, { state: askingStates })) {
    if ((await queryVector(ports, demandQuestion(demand), true)) !== null) made++
  }
  return made
}
