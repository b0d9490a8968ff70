/**
 * The embedding port. A vector belongs to (text hash, model): the same text is never embedded twice.
 * All vectors are Float32Array of `dimensions` values and unit length.
 */
export interface Embedder {
  /** Names weights and preprocessing, for example `bge-small-zh-v1.5-q`: vectors of different models never meet. */
  readonly model: string
  readonly dimensions: number
  /** One vector a text, in order. `query` adds the model's instruction; `document` does not. Texts over the model's limit are cut. */
  embed(texts: string[], as: 'query' | 'document'): Promise<Float32Array[]>
}
