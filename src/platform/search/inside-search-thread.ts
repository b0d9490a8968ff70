import { serve } from '../threads.ts'
import { oramaIndex } from './orama-index.ts'

// The file that the search thread runs; see `search-thread.ts`.
serve({ ...oramaIndex() })
