import { Worker } from 'node:worker_threads'
import { connect } from '../threads.ts'
import type { SearchIndex } from './search-index.ts'

/** The search index in a thread of its own, so that neither searching nor indexing keeps requests waiting. Node only. */
export function threadedIndex(): SearchIndex & { close(): Promise<void> } {
  return connect<SearchIndex>(new Worker(new URL('./inside-search-thread.ts', import.meta.url), { name: 'search' }))
}
