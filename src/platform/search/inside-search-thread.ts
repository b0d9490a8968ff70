import { workerData } from 'node:worker_threads'
import { serve } from '../threads.ts'
import { oramaIndex } from './orama-index.ts'
import { pack } from './packed-hits.ts'
import type { SearchThread } from './search-thread.ts'
import { readSnapshot, writeSnapshot } from './snapshot-file.ts'

// The file that the search thread runs; see `search-thread.ts`.

const path: string | null = workerData
const { search, apply, status, reset, save, load } = oramaIndex()
/** Whether the index has changed since it was last saved or loaded. */
let isChanged = false

serve({
  search: async (query) => pack(await search(query)),
  apply(changes, position) {
    isChanged = true
    return apply(changes, position)
  },
  status,
  async keep(mark) {
    if (path === null || !isChanged) return
    writeSnapshot(path, { mark, index: save() })
    isChanged = false
  },
  async reset(to) {
    const snapshot = path === null || to === 'empty' ? null : readSnapshot(path)
    isChanged = snapshot === null
    if (snapshot === null) return reset(to)
    load(snapshot.index)
    return snapshot.mark
  },
} satisfies SearchThread)
