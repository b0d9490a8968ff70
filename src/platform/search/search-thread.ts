import { Worker } from 'node:worker_threads'
import { connect } from '../threads.ts'
import type { SearchIndex } from './search-index.ts'

/**
 * The search index in a thread of its own, so that neither searching nor indexing keeps requests waiting; with snapshots in a file,
 * unless that is null. Node only.
 */
export function threadedIndex(snapshot: string | null): Required<SearchIndex> & { close(): Promise<void> } {
  return connect<Required<SearchIndex>>(
    new Worker(new URL('./inside-search-thread.ts', import.meta.url), { name: 'search', workerData: snapshot }),
  )
}
