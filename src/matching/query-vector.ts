import { demands } from '../demands/store.ts'
import { textHash } from '../platform/embedding/text-hash.ts'
import { findVectors, keepVectors } from '../platform/embedding/vector-rows.ts'
import type { Ports } from '../platform/ports.ts'
import { demandQuestion } from './texts.ts'

/**
 * The vector of a question, or null where no model runs. With `isKept` (the question of a stored listing) it is looked up and kept
 * like any other vector; what people type into the search box is not.
 */
export async function queryVector({ database, embedder }: Ports, question: string, isKept: boolean): Promise<Float32Array | null> {
  if (embedder === null) return null
  // A query carries the model's instruction, so it has another vector than the same text as a document.
  const hash = await textHash(`centred query\n${question}`)
  const stored = async () => (await findVectors(database, embedder.model, [hash])).get(hash)
  const before = isKept ? await stored() : undefined
  if (before !== undefined) return before
  const [vector] = await embedder.embed([question], 'query')
  if (!isKept) return vector!
  await database.commit(...keepVectors(database, embedder.model, [{ textHash: hash, vector: vector! }]))
  // As it is stored, which rounds it: the first answer must be the same as the second.
  return (await stored())!
}

/** Embeds the questions of all open demands beforehand, so that their first match need not wait for the model. Returns how many. */
export async function keepQuestionVectors(ports: Ports): Promise<number> {
  let made = 0
  for await (const demand of demands.each(ports.database, { state: ['published', 'draft', 'vetting'] })) {
    if ((await queryVector(ports, demandQuestion(demand), true)) !== null) made++
  }
  return made
}
