import { workerData } from 'node:worker_threads'
import { serve } from '../threads.ts'
import { oramaIndex } from './orama-index.ts'
import { pack } from './packed-hits.ts'
import type { SearchThread } from './search-thread.ts'
import { readSnapshot, writeSnapshot } from './snapshot-file.ts'

// The file that the search thread runs; see `search-thread.ts`.

const path: string | null = workerData
const { search, apply, position, pending, reset, save, load } = oramaIndex()
/** Whether the index has changed since it was last saved or loaded. */
let isChanged = false

serve({
  search: async (query) => pack(await search(query)),
  apply(changes, position) {
    isChanged = true
    return apply(changes, position)
  },
  position,
  pending,
  reset() {
    isChanged = true
    return reset()
  },
  async saveSnapshot(mark) {
    if (path === null || !isChanged) return
    writeSnapshot(path, { mark, index: save() })
    isChanged = false
  },
  async loadSnapshot() {
    const snapshot = path === null ? null : readSnapshot(path)
    if (snapshot === null) return null
    load(snapshot.index)
    isChanged = false
    return snapshot.mark
  },
} satisfies SearchThread)
