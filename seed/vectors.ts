import { keepVectorFile } from '../src/platform/embedding/vector-file.ts'
import type { Ports } from '../src/platform/ports.ts'

/** Vectors of the seed's texts, made beforehand by `build-vectors.ts`, so that a first start embeds nothing. */
export const vectorFile = new URL('data/vectors.bin', import.meta.url)
export const vectorModel = { name: 'bge-small-zh-v1.5-q', dimensions: 512 }

/** Puts the shipped vectors into the database, where the model is the one that made them. */
export async function keepSeedVectors({ database, embedder }: Ports): Promise<void> {
  if (embedder?.model === vectorModel.name) await keepVectorFile(database, vectorFile, vectorModel.name, vectorModel.dimensions)
}
