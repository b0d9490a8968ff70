import { Worker } from 'node:worker_threads'
import { connect } from '../threads.ts'
import { type PackedAnswer, unpack } from './packed-hits.ts'
import type { SearchIndex, SearchQuery } from './search-index.ts'

/** What the thread answers: the index, but for the form of hits. */
export interface SearchThread extends Omit<SearchIndex, 'search'> {
  search(query: SearchQuery): Promise<PackedAnswer>
}

/**
 * The search index in a thread of its own, so that neither searching nor indexing keeps requests waiting; with snapshots in a file,
 * unless that is null. Node only.
 */
export function threadedIndex(snapshot: string | null): SearchIndex & { close(): Promise<void> } {
  const worker = new Worker(new URL('./inside-search-thread.ts', import.meta.url), { name: 'search', workerData: snapshot })
  const thread = connect<SearchThread>(worker)
  const { apply, status, keep, reset, close } = thread
  return { search: async (query) => unpack(await thread.search(query)), apply, status, keep, reset, close }
}
